import type { components } from '../../api/schema';
import type { Connector } from '../../session/connector';
import type { Provider } from '../../session/authorise-state';

export type { Connector };

type Schemas = components['schemas'];

export type Grant = Schemas['GrantDto'];
export type Side = Schemas['SideDto'];
export type SyncRun = Schemas['SyncRunDto'];
export type WatchedRun = Schemas['WatchedSyncRunDto'];
export type Target = Schemas['ProbedTargetDto'];
export type DiagnosisItem = Schemas['DiagnosisItemDto'];

export const PROVIDERS: readonly Provider[] = ['zoom', 'cloudlink'];

/** Not yet at its end. */
export const isOpen = ({ state }: Pick<SyncRun, 'state'>): boolean => state === 'queued' || state === 'running';
