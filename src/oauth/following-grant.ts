import { AppError } from '../platform/errors/app-error';
import type { AsGrant } from '../platform/remote/as-grant';
import type { RiskReason } from './grant';
import { GrantReplaced } from './grant-replaced';
import { PROVIDER_NAMES, type Provider } from './provider';

/** What following the active grant needs of the vault. */
export interface GrantSource {
  activeGrantId(connectorId: string, provider: Provider): Promise<string>;
  accessToken(connectorId: string, grantId: string, options: { rejected?: string }): Promise<string>;
  flag(connectorId: string, grantId: string, reason: RiskReason, since: Date): Promise<boolean>;
  now(): Date;
}

/** Each round ends a grant or flags it, so the number of an account's admins bounds them; this bounds a fault of ours. */
const MOST_GRANTS = 10;

/**
 * Calls in the name of whichever grant of a connector is active: when the one in use dies or is refused in the middle of
 * a run, the next call goes on with its successor, and the run ends as if nothing had happened.
 */
export class FollowingGrant implements AsGrant {
  /** Which grant a token came from, and whether it was made because the one before was refused. */
  private last: { grantId: string; token: string; wasForced: boolean; at: Date } | undefined;

  constructor(
    private readonly source: GrantSource,
    private readonly connectorId: string,
    private readonly provider: Provider,
    readonly accountId: string,
  ) {}

  async accessToken({ rejected }: { rejected?: string } = {}): Promise<string> {
    const { last } = this;
    if (rejected !== undefined && last?.token === rejected && last.wasForced) await this.giveUp(last);
    for (let round = 1; ; round += 1) {
      const grantId = await this.source.activeGrantId(this.connectorId, this.provider);
      const isRefusedOne =
        rejected !== undefined && last?.token === rejected && last.grantId === grantId && !last.wasForced;
      const at = this.source.now();
      try {
        const token = await this.source.accessToken(this.connectorId, grantId, isRefusedOne ? { rejected } : {});
        this.last = { grantId, token, wasForced: isRefusedOne, at };
        return token;
      } catch (error) {
        if (!(error instanceof GrantReplaced) || round >= MOST_GRANTS) throw error;
      }
    }
  }

  async lacksPrivilege(token: string): Promise<boolean> {
    if (this.last?.token !== token) return false;
    return this.source.flag(this.connectorId, this.last.grantId, 'role_missing', this.last.at);
  }

  /** A token that was just renewed is refused as well: renewing it again and again would change nothing. */
  private async giveUp({ grantId, token, at }: { grantId: string; token: string; at: Date }): Promise<void> {
    if (await this.source.flag(this.connectorId, grantId, 'token_refused', at)) return;
    // Its admin may have authorised again meanwhile.
    if ((await this.source.accessToken(this.connectorId, grantId, {})) !== token) return;
    throw new AppError(
      'provider_rejected',
      `${PROVIDER_NAMES[this.provider]} refuses the access token although it was just renewed.`,
    );
  }
}
