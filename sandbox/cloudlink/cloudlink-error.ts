import { json, Refusal, type Answer } from '../http/answer';

/** The texts of Mitel's published Media API description. The names are ours: none are published. */
const ERRORS: Record<number, { name: string; message: string }> = {
  400: { name: 'BadRequest', message: 'The request was invalid. Check error message for details.' },
  401: {
    name: 'Unauthorized',
    message: 'The request requires user authentication. The authorization has been refused.',
  },
  403: { name: 'Forbidden', message: 'The request was refused. Feature not allowed.' },
  404: { name: 'NotFound', message: 'The request can not be served. Invalid identifier.' },
  409: { name: 'Conflict', message: 'The request has a conflict with another resource on the server.' },
  422: { name: 'UnprocessableEntity', message: 'The request was unable to be processed. Please try again.' },
  429: { name: 'TooManyRequests', message: 'There were too many requests. Please try again.' },
  500: { name: 'InternalServerError', message: 'Unexpected error detected on the server.' },
  501: { name: 'NotImplemented', message: 'The request is not supported.' },
  504: { name: 'GatewayTimeout', message: 'Gateway timeout. Unable to get response in a timely fashion.' },
};

/** CloudLink's error body: `{name, message}`. */
export function cloudlinkError(status: number, message?: string, headers: Record<string, string> = {}): Answer {
  const standard = ERRORS[status] ?? { name: 'Error', message: 'Unexpected error detected on the server.' };
  return json(status, { name: standard.name, message: message ?? standard.message }, headers);
}

/** What a wrong secret of a service client gives; no text is published. */
export function refuseServiceClient(): Refusal {
  return new Refusal(json(401, { name: 'InvalidClientError', message: 'Invalid client id or secret.' }));
}

export function refuseCloudlink(status: number, message?: string): Refusal {
  return new Refusal(cloudlinkError(status, message));
}
