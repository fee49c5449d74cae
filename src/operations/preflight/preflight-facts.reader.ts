import { Inject, Injectable } from '@nestjs/common';
import { CloudLinkApi } from '../../cloudlink/cloudlink-api';
import { onePsiUserPath } from '../../cloudlink/psi-credentials';
import { GrantVault } from '../../oauth/grant-vault';
import type { Provider } from '../../oauth/provider';
import { Clock } from '../../platform/clock/clock';
import { LOGGER, type Logger } from '../../platform/logging/logger';
import type { AsGrant } from '../../platform/remote/as-grant';
import { withClockReadings } from '../../platform/remote/clock-readings';
import { normaliseEmail } from '../../platform/text/normalise-email';
import { ZoomAccountClient, type ZoomSeat } from '../../zoom/zoom-account.client';
import { ZoomApi } from '../../zoom/zoom-api';
import type { CloudLinkFacts, GrantFacts, Look, PreflightFacts, SeatFacts, ZoomFacts } from './facts';
import { lookAt } from './look-at';
import { onlyLooking } from './only-looking';
import { PreflightRepository } from './preflight.repository';
import { countSeats } from './count-seats';
import { TargetReach } from './target-reach';

/** Of 2000 users each: enough for most accounts, and never more than a few calls of the shared limit. */
const SEAT_PAGES = 3;

interface Source {
  accountId: string;
  tokens: AsGrant;
}

/** Finds out, at both providers and in the database, what the rules judge. Changes nothing; one side being away leaves the other's facts whole. */
@Injectable()
export class PreflightFactsReader {
  constructor(
    private readonly repository: PreflightRepository,
    private readonly vault: GrantVault,
    private readonly zoom: ZoomApi,
    private readonly zoomAccount: ZoomAccountClient,
    private readonly cloudlink: CloudLinkApi,
    private readonly targets: TargetReach,
    private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async read(connectorId: string): Promise<PreflightFacts> {
    const grants = await this.repository.activeGrants(connectorId);
    const { result, readings } = await withClockReadings(() =>
      Promise.all([
        this.readZoom(connectorId, grants.get('zoom')),
        this.readCloudLink(connectorId, grants.get('cloudlink')),
        this.repository.users(connectorId),
        this.repository.devices(connectorId, this.clock.now()),
        this.repository.countTargets(connectorId),
        this.targets.lastLook(connectorId),
      ]),
    );
    const [zoom, cloudlink, users, devices, handedOut, lastLook] = result;
    return { zoom, cloudlink, users, devices, targets: { handedOut, lastLook }, clock: readings };
  }

  private async readZoom(connectorId: string, grant: GrantFacts | undefined): Promise<ZoomFacts> {
    const [admin, phone, phoneSystemIntegration, seats] = await Promise.all([
      this.look(connectorId, 'zoom', 'zoom admin', async ({ tokens }, signal) => {
        const { userId, email, roleName, isActive } = await this.zoom.whoAmI(tokens, signal);
        return { email, roleName, isActive, privileges: await this.zoom.permissions(tokens, userId, signal) };
      }),
      this.look(connectorId, 'zoom', 'zoom phone', ({ tokens }, signal) => this.zoomAccount.phone(tokens, signal)),
      this.look(connectorId, 'zoom', 'zoom psi', ({ tokens }, signal) =>
        this.zoomAccount.phoneSystemIntegration(tokens, signal),
      ),
      this.look(connectorId, 'zoom', 'zoom seats', async ({ tokens }, signal) => {
        const { seats: listed, isWhole } = await this.zoomAccount.seats(tokens, SEAT_PAGES, signal);
        return this.countSeats(connectorId, listed, isWhole);
      }),
    ]);
    return { grant, admin, phone, phoneSystemIntegration, seats };
  }

  private async readCloudLink(connectorId: string, grant: GrantFacts | undefined): Promise<CloudLinkFacts> {
    const [admin, integration] = await Promise.all([
      this.look(connectorId, 'cloudlink', 'cloudlink admin', async ({ tokens }, signal) => {
        const { email, role } = await this.cloudlink.whoAmI(tokens, signal);
        return { email, role };
      }),
      this.look(connectorId, 'cloudlink', 'cloudlink integration', async ({ tokens, accountId }, signal) => {
        await this.cloudlink.listPsiUsers(tokens, accountId, onePsiUserPath(accountId), signal);
        return true as const;
      }),
    ]);
    return { grant, admin, integration };
  }

  private look<T>(
    connectorId: string,
    provider: Provider,
    name: string,
    ask: (source: Source, signal: AbortSignal) => Promise<T>,
  ): Promise<Look<T>> {
    return lookAt(
      name,
      async (signal) => {
        const { accountId, tokens } = await this.vault.active(connectorId, provider);
        return ask({ accountId, tokens: onlyLooking(tokens) }, signal);
      },
      this.logger,
    );
  }

  private async countSeats(connectorId: string, seats: ZoomSeat[], isWhole: boolean): Promise<SeatFacts> {
    const named = seats.map((seat) => ({ ...seat, email: normaliseEmail(seat.email) }));
    const integrated = await this.repository.integratedOf(
      connectorId,
      named.map(({ email }) => email),
    );
    return countSeats(named, integrated, isWhole);
  }
}
