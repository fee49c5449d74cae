import type { components } from '../../api/schema';
import type { Connector } from '../../session/connector';

export type { Connector };

type Schemas = components['schemas'];

export type Grant = Schemas['GrantDto'];
export type Side = Schemas['SideDto'];
export type SyncRun = Schemas['SyncRunDto'];
export type Target = Schemas['ProbedTargetDto'];
export type DiagnosisItem = Schemas['DiagnosisItemDto'];

/** Not yet at its end. */
export const isOpen = ({ state }: Pick<SyncRun, 'state'>): boolean => state === 'queued' || state === 'running';
