import { PassThrough } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '../../platform/audit/actor';
import type { Language } from '../../platform/config/config';
import { bodyStreamOf } from '../../platform/http/body-stream';
import { keepWhileWorking } from '../../platform/http/keep-while-working';
import { toAppError, toProblem } from '../../platform/http/problem';
import { LOGGER, type Logger } from '../../platform/logging/logger';
import { describeImport } from './describe-import';
import { ImportUsers, type ImportOrder } from './import-users.service';
import type { ImportResultDto, ImportUsersQuery } from './import.dto';
import { writeProblems } from './problems-csv';

const MAX_SHOWN_PROBLEMS = 1_000;
/** 150 bytes each: a file of nothing but mistakes must not fill the memory. */
const MAX_FILED_PROBLEMS = 100_000;
/** 64 MB at 150 kbit/s. */
const LONGEST_MS = 3_600_000;

/** One import over HTTP. */
export interface ImportCall {
  connectorId: string;
  actor: Actor;
  query: ImportUsersQuery;
  language: Language;
  request: FastifyRequest;
  reply: FastifyReply;
}

/** The three ways to tell a caller what an import came to: one document, lines on the way, or the problems as a file. */
@Injectable()
export class AnswerImport {
  constructor(
    private readonly imports: ImportUsers,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** The caller's Accept decides. @throws AppError as ImportUsers.run, and of the body */
  async answer(call: ImportCall): Promise<void> {
    const { reply } = call;
    keepWhileWorking(reply);
    void reply.status(200).header('cache-control', 'no-store');
    const accept = call.request.headers.accept ?? '';
    if (accept.includes('application/x-ndjson')) await this.inLines(call);
    else if (accept.includes('text/csv')) await this.asFile(call);
    else await reply.send(await this.run(call, MAX_SHOWN_PROBLEMS));
  }

  private async asFile({ reply, language, ...call }: ImportCall): Promise<void> {
    const { read } = await this.imports.run(orderOf({ reply, language, ...call }, MAX_FILED_PROBLEMS));
    await reply
      .type('text/csv; charset=utf-8')
      .header('content-disposition', 'attachment; filename="import-problems.csv"')
      .send(writeProblems(read.problems, read.problemCount, language));
  }

  /** A body that is refused for what its headers say is a problem document; all else is the last line. */
  private async inLines(call: ImportCall): Promise<void> {
    const { reply, request } = call;
    const order = orderOf(call, MAX_SHOWN_PROBLEMS);
    const lines = new PassThrough();
    const write = (line: object): boolean => lines.write(`${JSON.stringify(line)}\n`);
    // For nginx, which would otherwise collect what is meant to arrive at once.
    void reply.type('application/x-ndjson').header('x-accel-buffering', 'no').send(lines);
    try {
      const result = await this.imports.run({ ...order, onProgress: (progress) => write({ progress }) });
      write({ result: describeImport(result, order.dryRun, call.language) });
    } catch (thrown) {
      const error = toAppError(thrown);
      const problem = toProblem(error, request.id);
      if (problem.status >= 500)
        this.logger.error({ requestId: request.id, err: error.cause ?? error }, 'an import failed');
      write({ problem });
    } finally {
      lines.end();
    }
  }

  private async run(call: ImportCall, maxProblems: number): Promise<ImportResultDto> {
    const order = orderOf(call, maxProblems);
    return describeImport(await this.imports.run(order), order.dryRun, call.language);
  }
}

/** @throws AppError `unsupported_media_type`, `payload_too_large` */
function orderOf({ connectorId, actor, query, request, reply }: ImportCall, maxProblems: number): ImportOrder {
  const gone = new AbortController();
  const bytes = bodyStreamOf(request).open();
  reply.raw.once('close', () => {
    gone.abort();
    // What nobody has read, because the import was refused before, is thrown away: see body-stream.ts.
    bytes.destroy();
  });
  return {
    connectorId,
    actor,
    bytes,
    dryRun: query.dryRun === 'true',
    skipInvalid: query.skipInvalid === 'true',
    maxProblems,
    signal: AbortSignal.any([gone.signal, AbortSignal.timeout(LONGEST_MS)]),
  };
}
