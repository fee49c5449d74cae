/** What the field guide asks of a customer, in the order in which it is looked at. Stable, for programs. */
export const CHECK_CODES = [
  'zoom_authorised',
  'zoom_role',
  'zoom_scopes',
  'zoom_psi_enabled',
  'zoom_phone_set_up',
  'zoom_licence',
  'cloudlink_authorised',
  'cloudlink_role',
  'cloudlink_scopes',
  'cloudlink_integration',
  'licence_zoom_psi',
  'licence_teleworker',
  'users_at_zoom',
  'users_at_cloudlink',
  'app_version',
  'targets_reachable',
  'clock_zoom',
  'clock_cloudlink',
  'mobile_calling',
  'automatic_phone_assignment',
] as const;
export type CheckCode = (typeof CHECK_CODES)[number];

/**
 * `failed`: it cannot work like this; `warning`: for some it does not, or not for long; `manual`: no interface tells, a
 * person has to look; `unknown`: it could not be found out now.
 */
export const CHECK_STATES = ['ok', 'warning', 'failed', 'manual', 'unknown'] as const;
export type CheckState = (typeof CHECK_STATES)[number];
