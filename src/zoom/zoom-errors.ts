import { AppError } from '../platform/errors/app-error';
import { asInteger, asObject, asText } from '../platform/remote/read-fields';
import type { Refusals } from '../platform/remote/call-as-grant';
import type { RemoteAnswer } from '../platform/remote/remote-http';
import { ZoomPageTokenExpired } from './zoom-api';

interface ZoomErrorBody {
  code: number | undefined;
  message: string;
}

/** Zoom's error body: `{code, message, errors?}`; the code is independent of the HTTP status. */
export function readZoomError(answer: RemoteAnswer): ZoomErrorBody {
  const body = asObject(answer.body);
  return { code: asInteger(body?.['code']), message: asText(body?.['message'], 1000) ?? '' };
}

/** 401, or code 124 under another status (Zoom's own Users description lists it under 400 too). */
export function isZoomTokenRefused(answer: RemoteAnswer): boolean {
  return answer.status === 401 || (answer.status === 400 && readZoomError(answer).code === 124);
}

/** "User does not exist": the only answer that means so. A 404 of a proxy, or of an address of ours that is wrong, does not. */
export function isZoomUserUnknown(answer: RemoteAnswer): boolean {
  return answer.status === 404 && readZoomError(answer).code === 1001;
}

const SCOPE_CODES = new Set([4700, 4711]);
const PRIVILEGE_CODES = new Set([200, 3306, 3336]);

/** "Invalid access token, does not contain scopes": mostly under 400, but 401 and 403 were seen, too. Only a new consent helps. */
export const isZoomScopeMissing = (answer: RemoteAnswer): boolean =>
  answer.status >= 400 && SCOPE_CODES.has(readZoomError(answer).code ?? 0);

export const isZoomPrivilegeRefused = (answer: RemoteAnswer): boolean =>
  answer.status >= 400 && PRIVILEGE_CODES.has(readZoomError(answer).code ?? 0);

/** "No permission" in Zoom's numbers; a plain 403 may as well mean that the whole account is blocked. */
export const ZOOM_REFUSALS: Refusals = {
  isTokenRefused: isZoomTokenRefused,
  isPrivilegeRefused: isZoomPrivilegeRefused,
};

/** Success, or the error it means. Zoom sometimes sends an error under HTTP 200: then the expected field is missing. */
export function expectZoom(answer: RemoteAnswer, request: string, expectedField: string): Record<string, unknown> {
  const body = asObject(answer.body);
  if (answer.status === 200 && body !== undefined && expectedField in body) return body;
  const { code, message } = readZoomError(answer);
  const detail = `${request}: HTTP ${answer.status}, code ${code ?? 'none'}, ${message === '' ? 'no message' : message}`;
  if (answer.status === 400 && code === 300 && /page token/i.test(message)) throw new ZoomPageTokenExpired();
  if (isZoomTokenRefused(answer)) {
    throw new AppError('provider_rejected', 'Zoom refuses the access token although it was just renewed.', { detail });
  }
  if (isZoomScopeMissing(answer)) {
    throw new AppError(
      'provider_rejected',
      'The Zoom authorisation lacks a scope that the app needs: an admin must authorise the app again.',
      { detail },
    );
  }
  if (code !== undefined && PRIVILEGE_CODES.has(code)) {
    throw new AppError(
      'provider_rejected',
      'The Zoom admin who authorised no longer holds the privilege that is needed (Users and Phone System Integration).',
      { detail },
    );
  }
  if (answer.status === 403) {
    throw new AppError(
      'provider_rejected',
      'Zoom denies this account access to its API: ask Zoom support for the reason.',
      { detail },
    );
  }
  throw new AppError('provider_answer_invalid', 'Zoom sent an answer that this program does not understand.', {
    detail,
  });
}
