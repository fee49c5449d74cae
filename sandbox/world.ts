import { ACCOUNTS, type AccountNumber } from './accounts';
import { SandboxClock } from './clock';
import { clientKey, ClientStore } from './cloudlink/client-store';
import { SubscriptionStore, type Subscription } from './cloudlink/subscription-store';
import { Cast } from './directory/cast';
import { Roster } from './directory/roster';
import { FaultBook } from './faults';
import { CodeStore } from './oauth/code-store';
import { TokenFamilies } from './oauth/token-families';
import type { CloudLinkPrincipal } from './people';
import { RequestLog } from './request-log';
import { DEFAULT_SETTINGS, type Settings } from './settings';
import { EMPTY_STATE, StateFile } from './state-file';

export interface WorldOptions {
  users: number;
  seed: string;
  stateFile?: string | undefined;
  zoomClientId: string;
  zoomClientSecrets: readonly string[];
  cloudlinkClientId: string;
  zoomWebhookSecret: string;
  now?: (() => number) | undefined;
}

/** Everything that the emulated providers know; handlers read it, the control door changes it. */
export class World {
  readonly clock: SandboxClock;
  readonly faults = new FaultBook();
  readonly requests = new RequestLog();
  readonly cast = new Cast();
  readonly zoomCodes = new CodeStore();
  readonly cloudlinkCodes = new CodeStore();
  readonly families: TokenFamilies;
  readonly serviceClients: ClientStore;
  readonly subscriptions: SubscriptionStore;
  readonly rosters: readonly Roster[];
  settings: Settings = { ...DEFAULT_SETTINGS };
  /** What Zoom was asked to deliver to devices, oldest first, and which devices are gone. */
  readonly pushes: Record<string, unknown>[] = [];
  readonly deadPrids = new Set<string>();
  /** More than one while the secret is being changed. */
  zoomClientSecrets: readonly string[];
  /** The sandbox's own address, known once it listens: absolute links need it. */
  baseUrl = '';

  constructor(readonly options: WorldOptions) {
    const file = options.stateFile === undefined ? undefined : new StateFile(options.stateFile);
    this.clock = new SandboxClock(options.now);
    this.zoomClientSecrets = options.zoomClientSecrets;
    const kept = file?.read() ?? EMPTY_STATE;
    const keep = (): void =>
      file?.write({
        families: this.families.all(),
        serviceClients: this.serviceClients.all(),
        subscriptions: this.subscriptions.all(),
      });
    this.families = new TokenFamilies(kept.families, keep);
    this.serviceClients = new ClientStore(kept.serviceClients, keep);
    this.subscriptions = new SubscriptionStore(kept.subscriptions, keep);
    this.rosters = ACCOUNTS.map((plan) => new Roster(plan, options.seed, options.users));
  }

  roster(account: AccountNumber): Roster {
    const roster = this.rosters.find((candidate) => candidate.plan.number === account);
    if (roster === undefined) throw new RangeError(`the sandbox has no account ${account}`);
    return roster;
  }

  /** The person or service client with this key, unless gone. */
  principal(key: string): CloudLinkPrincipal | undefined {
    return this.cast.login(key) ?? this.serviceClients.principal(key);
  }

  /** Subscriptions whose creator is still there, unless that does not matter. */
  livingSubscriptions(): Subscription[] {
    const isAlive = ({ creator }: Subscription): boolean =>
      !this.settings.cloudlinkSubscriptionsDieWithCreator || this.principal(creator) !== undefined;
    return this.subscriptions.all().filter(isAlive);
  }

  /** The client goes, and all its tokens with it. */
  removeServiceClient(clientId: string): void {
    this.families.close((family) => family.person === clientKey(clientId));
    this.serviceClients.remove(clientId);
  }
}
