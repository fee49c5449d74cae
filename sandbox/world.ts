import { ACCOUNTS, type AccountNumber } from './accounts';
import { SandboxClock } from './clock';
import { Cast } from './directory/cast';
import { Roster } from './directory/roster';
import { FaultBook } from './faults';
import { CodeStore } from './oauth/code-store';
import { TokenFamilies } from './oauth/token-families';
import { RequestLog } from './request-log';
import { DEFAULT_SETTINGS, type Settings } from './settings';
import { StateFile } from './state-file';

export interface WorldOptions {
  users: number;
  seed: string;
  stateFile?: string | undefined;
  zoomClientId: string;
  zoomClientSecrets: readonly string[];
  cloudlinkClientId: string;
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
  readonly rosters: readonly Roster[];
  settings: Settings = { ...DEFAULT_SETTINGS };
  /** The sandbox's own address, known once it listens: absolute links need it. */
  baseUrl = '';

  constructor(readonly options: WorldOptions) {
    const file = options.stateFile === undefined ? undefined : new StateFile(options.stateFile);
    this.clock = new SandboxClock(options.now);
    this.families = new TokenFamilies(file?.read() ?? [], (families) => file?.write(families));
    this.rosters = ACCOUNTS.map((plan) => new Roster(plan, options.seed, options.users));
  }

  roster(account: AccountNumber): Roster {
    const roster = this.rosters.find((candidate) => candidate.plan.number === account);
    if (roster === undefined) throw new RangeError(`the sandbox has no account ${account}`);
    return roster;
  }
}
