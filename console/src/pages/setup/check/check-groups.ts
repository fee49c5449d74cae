import type { Check } from './use-preflight';

export const CHECK_GROUPS = ['zoom', 'cloudlink', 'users', 'phones'] as const;
export type CheckGroup = (typeof CHECK_GROUPS)[number];

/** Where a check is shown: with the people who can mend it. */
export const GROUP_OF: Record<Check['code'], CheckGroup> = {
  zoom_authorised: 'zoom',
  zoom_role: 'zoom',
  zoom_scopes: 'zoom',
  zoom_psi_enabled: 'zoom',
  zoom_phone_set_up: 'zoom',
  automatic_phone_assignment: 'zoom',
  mobile_calling: 'zoom',
  clock_zoom: 'zoom',
  cloudlink_authorised: 'cloudlink',
  cloudlink_role: 'cloudlink',
  cloudlink_scopes: 'cloudlink',
  cloudlink_integration: 'cloudlink',
  clock_cloudlink: 'cloudlink',
  zoom_licence: 'users',
  licence_zoom_psi: 'users',
  licence_teleworker: 'users',
  users_at_zoom: 'users',
  users_at_cloudlink: 'users',
  app_version: 'phones',
  targets_reachable: 'phones',
};
