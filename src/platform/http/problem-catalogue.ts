import type { ErrorCode } from '../errors/app-error';

interface ProblemKind {
  status: number;
  title: string;
}

/** The one table that knows HTTP: what each error code becomes for a caller (RFC 9110 status codes). */
export const PROBLEM_KINDS: Record<ErrorCode, ProblemKind> = {
  invalid_request: { status: 400, title: 'The request breaks a rule' },
  malformed_json: { status: 400, title: 'The body is not valid JSON' },
  unsupported_media_type: { status: 415, title: 'This content type is not accepted here' },
  payload_too_large: { status: 413, title: 'The body is too large' },
  not_found: { status: 404, title: 'Not found' },
  method_not_allowed: { status: 405, title: 'This method is not allowed here' },
  too_many_requests: { status: 429, title: 'Too many requests' },
  unauthenticated: { status: 401, title: 'A valid access token is needed' },
  insufficient_scope: { status: 403, title: 'The access token lacks a scope' },
  csrf_token_invalid: { status: 403, title: 'The CSRF token of the session is missing or wrong' },
  conflict: { status: 409, title: 'The request conflicts with the present state' },
  cursor_too_old: { status: 410, title: 'What followed this cursor is not kept any more' },
  user_pending: { status: 409, title: 'The user waits for SIP credentials' },
  mobile_calling_off: { status: 409, title: 'Mobile apps may not register here' },
  sync_already_running: { status: 409, title: 'A sync is already running' },
  connector_not_active: { status: 409, title: 'The connector is not active' },
  reauthorization_required: { status: 409, title: 'An admin must authorise again' },
  account_already_linked: { status: 409, title: 'The account is already linked' },
  wrong_account: { status: 409, title: 'This is another account than the connector’s' },
  link_invalid: { status: 400, title: 'This link is not valid (any more)' },
  signature_invalid: { status: 401, title: 'The signature is not valid' },
  missing_role: { status: 403, title: 'The admin lacks a role' },
  authorization_expired: { status: 400, title: 'This authorization is over' },
  oauth_state_invalid: { status: 400, title: 'This authorisation attempt is not valid' },
  oauth_declined: { status: 403, title: 'The authorisation was declined' },
  oauth_code_rejected: { status: 400, title: 'The provider did not accept the authorisation code' },
  provider_unavailable: { status: 503, title: 'A provider cannot be reached' },
  provider_rejected: { status: 502, title: 'A provider refused the request' },
  provider_answer_invalid: { status: 502, title: 'A provider gave an answer that cannot be used' },
  misconfigured: { status: 500, title: 'This service is not set up correctly' },
  unavailable: { status: 503, title: 'The service is not ready' },
  internal_error: { status: 500, title: 'Something went wrong on our side' },
};
