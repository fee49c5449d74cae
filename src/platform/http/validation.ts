import { ValidationPipe, type ValidationError } from '@nestjs/common';
import { AppError, type FieldProblem } from '../errors/app-error';

/** Unknown fields are refused, known ones are turned into their class and checked; every problem is named at once. */
export function createValidationPipe(): ValidationPipe {
  return new ValidationPipe({
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    transform: true,
    validationError: { target: false, value: false },
    exceptionFactory: (errors) => invalidRequest(errors.flatMap((error) => flatten(error, ''))),
  });
}

export function invalidRequest(fields: FieldProblem[]): AppError {
  const summary = fields
    .slice(0, 3)
    .map((f) => `${f.field} ${f.rule}`)
    .join('; ');
  return new AppError('invalid_request', fields.length > 3 ? `${summary}; and ${fields.length - 3} more` : summary, {
    fields,
  });
}

/** class-validator begins its messages with the name of the field, or with "each value in" it. */
const withoutName = (message: string, name: string): string =>
  message.startsWith(`${name} `)
    ? message.slice(name.length + 1)
    : message.replace(`each value in ${name} `, 'each value ');

const MAX_NAME_LENGTH = 100;

function flatten(error: ValidationError, prefix: string): FieldProblem[] {
  // Of a body that is a list or a bare value, class-validator names no property, whatever its types say.
  if ((error.property as string | undefined) === undefined) return [{ field: 'body', rule: 'must be an object' }];
  const name =
    error.property.length > MAX_NAME_LENGTH ? `${error.property.slice(0, MAX_NAME_LENGTH)}…` : error.property;
  const field = prefix === '' ? name : `${prefix}.${name}`;
  const own = Object.entries(error.constraints ?? {}).map(([kind, message]) => ({
    field,
    rule: kind === 'whitelistValidation' ? 'is not a field of this request' : withoutName(message, error.property),
  }));
  return [...own, ...(error.children ?? []).flatMap((child) => flatten(child, field))];
}
