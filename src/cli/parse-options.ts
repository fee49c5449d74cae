import { InvalidArgumentError } from 'commander';
import { parseScopes } from '../access/parse-scopes';
import { SCOPES, type Scope } from '../access/principal';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** @throws InvalidArgumentError, which commander puts after the name of the option */
export function connectorId(text: string): string {
  const id = text.trim().toLowerCase();
  if (!UUID.test(id)) throw new InvalidArgumentError('It must be the id of a connector (see: connectors list).');
  return id;
}

export function scopeList(text: string): Scope[] {
  const { scopes, unknown } = parseScopes(text);
  if (unknown.length > 0 || scopes.length === 0)
    throw new InvalidArgumentError(`It must be some of: ${SCOPES.join(' ')}.`);
  return scopes;
}

/** An id that must be one of `what`, such as "a delivery". */
export const uuidOf =
  (what: string) =>
  (text: string): string => {
    const id = text.trim().toLowerCase();
    if (!UUID.test(id)) throw new InvalidArgumentError(`It must be the id of ${what}.`);
    return id;
  };

/** An option that may be given several times. */
export const collect = (text: string, before: string[] | undefined): string[] => [...(before ?? []), text];
