import { createValidationPipe } from '../platform/http/validation';
import type { Awaitable } from '../platform/timing/when-ready';
import { isHost, TARGET_ROLES, TRANSPORTS } from '../sip/parse-target';
import { SIP_SOURCES } from '../sip/sip-source';
import { MAX_EXPIRES_IN, ReportRegistrationDto } from './report-registration.dto';
import { OUTCOMES, PLATFORMS } from './registration-report';

const validation = createValidationPipe();

/**
 * After a restart of an SBC a hundred thousand apps report at once, and the validation of the class took more time than
 * everything else. A body that is plainly right passes by a look at its fields; any other one goes through the class,
 * which knows what to say. Whatever passes here the class would accept too (a test tries).
 * @throws AppError `invalid_request`, as a rejection
 */
export function readReport(body: unknown): Awaitable<ReportRegistrationDto> {
  if (isPlainReport(body)) return body;
  return validation.transform(body, {
    type: 'body',
    metatype: ReportRegistrationDto,
  }) as Promise<ReportRegistrationDto>;
}

type Fields = Readonly<Record<string, unknown>>;
type Check = (value: unknown) => boolean;

const isOneOf =
  (values: readonly string[]): Check =>
  (value) =>
    typeof value === 'string' && values.includes(value);
const isInteger =
  (least: number, most: number): Check =>
  (value) =>
    typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most;
const isText =
  (most: number): Check =>
  (value) =>
    typeof value === 'string' && value.length <= most;
const orNull =
  (check: Check): Check =>
  (value) =>
    value === undefined || value === null || check(value);

const isRole = orNull(isOneOf(TARGET_ROLES));
const isTransport = isOneOf(TRANSPORTS);
const isPort = isInteger(1, 65_535);
const isTarget = hasOnly({
  role: isRole,
  host: (value) => typeof value === 'string' && value.length <= 253 && isHost(value),
  port: isPort,
  transport: isTransport,
});
// The class fills in a reason that is missing, so one that is missing is left to it.
const isSip = hasOnly({ code: isInteger(100, 699), reason: isText(255), source: isOneOf(SIP_SOURCES) });

/** Exported for its test. */
export const isPlainReport: (value: unknown) => value is ReportRegistrationDto = hasOnly({
  platform: isOneOf(PLATFORMS),
  outcome: isOneOf(OUTCOMES),
  sequence: orNull(isInteger(0, Number.MAX_SAFE_INTEGER)),
  appVersion: orNull(isText(64)),
  expiresIn: orNull(isInteger(0, MAX_EXPIRES_IN)),
  target: orNull(isTarget),
  sip: orNull(isSip),
}) as (value: unknown) => value is ReportRegistrationDto;

function hasOnly(fields: Readonly<Record<string, Check>>): Check {
  const checks = Object.entries(fields);
  const known = new Set(Object.keys(fields));
  return (value) => {
    if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return false;
    const given = value as Fields;
    for (const name in given) if (!known.has(name)) return false;
    for (const [name, check] of checks) if (!check(given[name])) return false;
    return true;
  };
}
