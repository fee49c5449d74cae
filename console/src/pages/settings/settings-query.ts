import { queryOptions } from '@tanstack/react-query';
import { answer, api } from '../../api/client';
import type { components } from '../../api/schema';

export type Settings = components['schemas']['SettingsDto'];
export type SettingsChange = components['schemas']['ChangeSettingsDto'];

export const settingsQuery = (connectorId: string) =>
  queryOptions({
    queryKey: ['settings'],
    queryFn: () => answer(api.GET('/v1/connectors/{connectorId}/settings', { params: { path: { connectorId } } })),
  });

/** What is absent stays as it is. @throws ApiError */
export const changeSettings = (connectorId: string, body: SettingsChange): Promise<Settings> =>
  answer(api.PATCH('/v1/connectors/{connectorId}/settings', { params: { path: { connectorId } }, body }));
