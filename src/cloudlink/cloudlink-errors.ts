import { AppError } from '../platform/errors/app-error';
import { asObject, asText, type JsonObject } from '../platform/remote/read-fields';
import type { RemoteAnswer } from '../platform/remote/remote-http';

export const isCloudLinkTokenRefused = (answer: RemoteAnswer): boolean => answer.status === 401;

/** Success, or the error it means. CloudLink's error body is `{name, message}`. */
export function expectCloudLink(answer: RemoteAnswer, request: string): JsonObject {
  const body = asObject(answer.body);
  if ((answer.status === 200 || answer.status === 201) && body !== undefined) return body;
  const message = asText(body?.['message'], 1000) ?? 'no message';
  const detail = `${request}: HTTP ${answer.status}, ${message}, correlation ${answer.headers['x-mitel-correlation-id'] ?? 'none'}`;
  if (answer.status === 401) {
    // Mitel's forum: credentials of the other environment (development, production) are refused exactly like this.
    throw new AppError(
      'provider_rejected',
      'CloudLink refuses the access token although it was just renewed. Is the host the one of this account’s cloud?',
      { detail },
    );
  }
  if (answer.status === 403) {
    throw new AppError(
      'provider_rejected',
      'CloudLink refuses this request: the admin who authorised lost the role, or the account lacks the Zoom integration.',
      { detail },
    );
  }
  if (answer.status === 404) {
    throw new AppError('provider_rejected', 'CloudLink does not know this account or resource.', { detail });
  }
  throw new AppError('provider_answer_invalid', 'CloudLink sent an answer that this program does not understand.', {
    detail,
  });
}
