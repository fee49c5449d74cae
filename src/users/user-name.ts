import { applyDecorators } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { invalidRequest } from '../platform/http/validation';

const MAX_USER_LENGTH = 254;
/** Printable ASCII, at most 128 characters. */
const DEVICE_ID = /^[ -~]{1,128}$/;

/**
 * The user whom a path names, checked by hand: on the routes that are asked tens of thousands of times a second the
 * validation of a class took an eighth of the time. Elsewhere UserParams says the same.
 * @throws AppError `invalid_request`
 */
export function userNameOf(request: FastifyRequest): string {
  const { user } = request.params as { user: string };
  if (user.length > MAX_USER_LENGTH)
    throw invalidRequest([{ field: 'user', rule: `must be shorter than or equal to ${MAX_USER_LENGTH} characters` }]);
  return user;
}

/** @throws AppError `invalid_request` */
export function deviceIdOf(request: FastifyRequest): string {
  const { deviceId } = request.params as { deviceId: string };
  if (!DEVICE_ID.test(deviceId))
    throw invalidRequest([{ field: 'deviceId', rule: 'must be 1 to 128 printable ASCII characters' }]);
  return deviceId;
}

/** What userNameOf reads, for the API description. */
export const ApiUserParams = (): ClassDecorator & MethodDecorator =>
  applyDecorators(
    ApiParam({ name: 'connectorId', type: 'string', format: 'uuid', description: 'The connector of the access token' }),
    ApiParam({
      name: 'user',
      schema: { type: 'string', minLength: 1, maxLength: MAX_USER_LENGTH },
      description: 'Zoom user id, or email address (in any case)',
      example: 'erika.mueller@example.com',
    }),
  );

export const ApiDeviceId = (): ClassDecorator & MethodDecorator =>
  ApiParam({
    name: 'deviceId',
    schema: { type: 'string', minLength: 1, maxLength: 128, pattern: '^[ -~]+$' },
    description: 'Names one installation of the app; chosen by the app, printable ASCII',
    example: 'c0ffee-1',
  });
