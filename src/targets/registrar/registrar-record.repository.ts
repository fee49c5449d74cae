import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database';
import type { RegistrarCheck } from '../../sip/registrar/check-registrar';

export type CheckCause = 'sweep' | 'manual';

/** What a registrar has said to a user's hash: the last word of it, and since when it says so. */
@Injectable()
export class RegistrarRecordRepository {
  constructor(private readonly database: Database) {}

  /** Nothing happens when the user has gone, or somebody has asked later. */
  async record(connectorId: string, userId: string, check: RegistrarCheck, cause: CheckCause, at: Date): Promise<void> {
    const { result, answer, target, bindings, offered, attempts } = check;
    await this.database.query(
      `insert into registrar_checks as k (connector_id, user_id, at, cause, result, code, phrase, retry_after, target,
                                          bindings, offered, attempts, result_since)
       select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $3
       from integrated_users where connector_id = $1 and user_id = $2
       on conflict (connector_id, user_id) do update set at = excluded.at, cause = excluded.cause, result = excluded.result,
         code = excluded.code, phrase = excluded.phrase, retry_after = excluded.retry_after, target = excluded.target,
         bindings = excluded.bindings, offered = excluded.offered, attempts = excluded.attempts,
         result_since = case when k.result = excluded.result then k.result_since else excluded.result_since end
       where k.at <= excluded.at`,
      [
        connectorId,
        userId,
        at,
        cause,
        result,
        answer?.code ?? null,
        answer?.reason ?? null,
        answer?.retryAfter ?? null,
        target === null ? null : JSON.stringify(target),
        JSON.stringify(bindings),
        offered,
        JSON.stringify(
          attempts.map(({ target: at_, result: of, answer: said }) => ({
            target: at_,
            result: of,
            code: said?.code ?? null,
          })),
        ),
      ],
    );
  }
}
