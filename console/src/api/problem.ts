/** A problem document of the API (RFC 9457). */
export interface Problem {
  status: number;
  code: string;
  title: string;
  detail?: string;
  requestId?: string;
  errors?: { field: string; rule: string }[];
}

/** An answer of the API that is not the one that was asked for, or no answer at all (status 0, code `unreachable`). */
export class ApiError extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail ?? problem.title);
    this.name = 'ApiError';
  }

  get code(): string {
    return this.problem.code;
  }
}

/** Whatever came back instead of a success, as an error that can be shown. */
export function toApiError(status: number, body: unknown): ApiError {
  if (typeof body === 'object' && body !== null && 'code' in body && typeof body.code === 'string')
    return new ApiError({ title: '', ...body, status, code: body.code });
  return new ApiError({ status, code: 'unexpected_answer', title: `HTTP ${status}` });
}

export const unreachable = (): ApiError => new ApiError({ status: 0, code: 'unreachable', title: 'unreachable' });
