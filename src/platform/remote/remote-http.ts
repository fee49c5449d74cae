import type { Readable } from 'node:stream';
import { setImmediate as breathe, setTimeout as sleep } from 'node:timers/promises';
import type { HttpService } from '@nestjs/axios';
import type { AxiosResponse } from 'axios';
import type { Clock } from '../clock/clock';
import { AppError } from '../errors/app-error';
import type { Logger } from '../logging/logger';
import { NoLimits, type CallLimits, type CallTarget } from './call-limits';
import { noteClock } from './clock-readings';
import { parseRetryAfter } from './parse-retry-after';
import { providerName } from './provider-name';
import { RemoteJsonBody } from './remote-json-body';
import { MITEL_CORRELATION_HEADER, noteTraces, ZOOM_TRACKING_HEADER } from './trace-scope';

export interface RemoteRequest extends CallTarget {
  /** What is asked, for the log: never with ids of tokens or codes. */
  name: string;
  method: 'GET' | 'POST' | 'DELETE';
  url: string;
  headers?: Record<string, string>;
  form?: Record<string, string>;
  json?: unknown;
  signal: AbortSignal;
  /** A repeated request is harmless: everything but the redemption of a code or refresh token. */
  repeatable: boolean;
  /** Statuses that tell the caller something when repeating has not helped, instead of `provider_unavailable`. */
  tellingStatuses?: ReadonlySet<number>;
}

export interface RemoteAnswer {
  status: number;
  headers: Record<string, string | undefined>;
  /** Parsed JSON without passwords; undefined for an empty body. */
  body: unknown;
}

const TIMEOUT_MS = 20_000;
const MAX_BYTES = 32 * 1024 * 1024;
const ATTEMPTS = 4;
/** Longer waits are handed to the caller: a run sleeps in the database, not in memory. */
const LONGEST_WAIT_MS = 30_000;
/** A token is renewed while its row is locked, so waiting there must end well before the lock does. */
const LONGEST_WAIT_UNREPEATABLE_MS = 8_000;
/** Mitel's own back-off sample: 2 s where nothing is said, plus 1–2 s so that clients do not come back together. */
const DEFAULT_WAIT_MS = 2_000;

export interface RemoteTiming {
  timeoutMs?: number;
  defaultWaitMs?: number;
  jitterMs?: () => number;
}

const RETRYABLE_STATUS = new Set([408, 422, 425, 500, 502, 503, 504]);
const TRACE_HEADERS = [ZOOM_TRACKING_HEADER, MITEL_CORRELATION_HEADER];

/**
 * The one door to Zoom and CloudLink: time limit, size limit, no redirects, JSON only, polite retries.
 * Answers of any status come back to the caller, who knows what they mean; what cannot be an answer becomes an AppError.
 */
export class RemoteHttp {
  private readonly timeoutMs: number;
  private readonly defaultWaitMs: number;
  private readonly jitterMs: () => number;

  constructor(
    private readonly http: HttpService,
    private readonly clock: Clock,
    private readonly logger: Logger,
    timing: RemoteTiming = {},
    private readonly limits: CallLimits = new NoLimits(),
  ) {
    this.timeoutMs = timing.timeoutMs ?? TIMEOUT_MS;
    this.defaultWaitMs = timing.defaultWaitMs ?? DEFAULT_WAIT_MS;
    this.jitterMs = timing.jitterMs ?? ((): number => 1_000 + Math.random() * 1_000);
  }

  /** @throws AppError `provider_unavailable` (retryable) or `provider_answer_invalid` */
  async send(request: RemoteRequest): Promise<RemoteAnswer> {
    const longest = request.repeatable ? LONGEST_WAIT_MS : LONGEST_WAIT_UNREPEATABLE_MS;
    for (let attempt = 1; ; attempt += 1) {
      await this.limits.enter(request, longest, request.signal).catch((error: unknown) => {
        throw request.signal.aborted ? this.aborted(request) : error;
      });
      const result = await this.once(request);
      await this.tell(request, result);
      const retryable = result instanceof AppError ? result.retryable : isBusy(result.status);
      if (!retryable) {
        if (result instanceof AppError) throw result;
        return result;
      }
      const asked = result instanceof AppError ? undefined : parseRetryAfter(result.headers, this.clock.now());
      const wait = (asked ?? this.defaultWaitMs * 2 ** (attempt - 1)) + this.jitterMs();
      // 429 says that nothing was done, so even a code or refresh token may be sent again.
      const mayRepeat = request.repeatable || (!(result instanceof AppError) && result.status === 429);
      if (!mayRepeat || attempt >= ATTEMPTS || wait > longest) {
        if (!(result instanceof AppError) && request.tellingStatuses?.has(result.status) === true) return result;
        throw this.giveUp(request, result, asked);
      }
      this.logger.debug(
        { provider: request.provider, request: request.name, attempt, waitMs: Math.round(wait) },
        'provider asked again later',
      );
      await sleep(wait, undefined, { signal: request.signal }).catch(() => {
        throw this.aborted(request);
      });
    }
  }

  /** The answer counts more than the news of it: a rotated token must not be lost because the database is away. */
  private async tell(request: RemoteRequest, result: RemoteAnswer | AppError): Promise<void> {
    try {
      if (result instanceof AppError) {
        // Half an answer tells nothing about whether the next one comes.
        if (result.code === 'provider_unavailable') await this.limits.tell(request, 'failed');
        return;
      }
      await this.limits.tell(request, result.status >= 500 ? 'failed' : 'answered');
      if (result.status === 429) {
        const asked = parseRetryAfter(result.headers, this.clock.now());
        await this.limits.close(request, asked ?? this.defaultWaitMs);
      }
    } catch (error) {
      const reason = error instanceof Error ? error.message : 'unknown';
      this.logger.warn({ provider: request.provider, request: request.name, reason }, 'other processes were not told');
    }
  }

  private async once(request: RemoteRequest): Promise<RemoteAnswer | AppError> {
    let response: AxiosResponse<Readable>;
    const sentAt = this.clock.now();
    try {
      response = await this.http.axiosRef.request<Readable>({
        method: request.method,
        url: request.url,
        headers: { accept: 'application/json', ...request.headers },
        data: request.form !== undefined ? new URLSearchParams(request.form) : request.json,
        timeout: this.timeoutMs,
        signal: AbortSignal.any([request.signal, AbortSignal.timeout(this.timeoutMs + 1_000)]),
        responseType: 'stream',
        // A redirect would carry the token to another host or lose it on the way.
        maxRedirects: 0,
        validateStatus: () => true,
        proxy: false,
      });
    } catch (error) {
      return this.failed(request, error);
    }
    return this.read(request, response, sentAt);
  }

  private async read(
    request: RemoteRequest,
    response: AxiosResponse<Readable>,
    sentAt: Date,
  ): Promise<RemoteAnswer | AppError> {
    const { status } = response;
    const headers = Object.fromEntries(
      Object.entries(response.headers).map(([key, value]) => [key.toLowerCase(), String(value)]),
    );
    noteTraces(headers);
    noteClock(request.provider, headers, sentAt, this.clock.now());
    const trace = TRACE_HEADERS.map((name) => headers[name]).find((value) => value !== undefined);
    if (status >= 400) {
      this.logger.info(
        { provider: request.provider, request: request.name, status, trace },
        'provider answered with an error',
      );
    }
    try {
      return { status, headers, body: await readBody(response.data) };
    } catch (error) {
      const isTooLong = error instanceof BodyTooLong;
      // RangeError: nested deeper than this thread's stack.
      const isNoJson = error instanceof SyntaxError || error instanceof RangeError;
      if (!isTooLong && !isNoJson) return this.failed(request, error);
      // An error page of a proxy in between: the status says enough. A broken success may be whole the next time.
      if (status >= 300) return { status, headers, body: undefined };
      const what = isTooLong ? 'too long' : 'not JSON';
      return new AppError('provider_answer_invalid', `${providerName(request)} sent an answer that is ${what}.`, {
        // It would be as long again.
        retryable: !isTooLong,
        detail: `${request.name}: HTTP ${status}, content type ${headers['content-type'] ?? 'none'}, trace ${trace ?? 'none'}`,
        cause: error instanceof SyntaxError ? undefined : error,
      });
    }
  }

  /** The caller's own time limit counts as "not reachable now"; any other abort is the caller's wish and stays what it is. */
  private aborted(request: RemoteRequest): Error {
    const reason: unknown = request.signal.reason;
    if (reason instanceof Error && reason.name !== 'TimeoutError') return reason;
    return this.unreachable(request, reason);
  }

  private failed(request: RemoteRequest, error: unknown): AppError {
    if (request.signal.aborted) throw this.aborted(request);
    return this.unreachable(request, error);
  }

  private unreachable(request: RemoteRequest, error: unknown): AppError {
    const reason = error instanceof Error ? ((error as NodeJS.ErrnoException).code ?? error.name) : 'unknown';
    return new AppError('provider_unavailable', `${providerName(request)} cannot be reached (${reason}).`, {
      retryable: true,
      // Not the error itself: axios hangs the whole request with its headers on it.
      detail: `${request.name}: ${reason}`,
    });
  }

  private giveUp(request: RemoteRequest, result: RemoteAnswer | AppError, askedMs: number | undefined): AppError {
    if (result instanceof AppError) return result;
    const why = result.status === 429 ? 'asks us to slow down' : `answers with HTTP ${result.status}`;
    return new AppError('provider_unavailable', `${providerName(request)} ${why}.`, {
      retryable: true,
      detail: request.name,
      ...(askedMs === undefined ? {} : { retryAfterSeconds: Math.ceil(askedMs / 1000) }),
    });
  }
}

const isBusy = (status: number): boolean => status === 429 || RETRYABLE_STATUS.has(status);

class BodyTooLong extends Error {}

/** @throws SyntaxError when it is not JSON, BodyTooLong, and what the connection throws */
async function readBody(stream: Readable): Promise<unknown> {
  const body = new RemoteJsonBody();
  let length = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > MAX_BYTES) throw new BodyTooLong(`an answer has at most ${MAX_BYTES} bytes`);
    body.push(chunk);
    // Chunks of a long answer come faster than they are parsed: whatever else has come meanwhile has its turn between two of them.
    await breathe();
  }
  return body.end();
}
