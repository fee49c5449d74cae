import type { CheckCode } from '../check-codes';
import type { PreflightFacts } from '../facts';
import type { Finding } from '../findings';
import { cloudlinkAuthorised, cloudlinkIntegration, cloudlinkRole, cloudlinkScopes } from './cloudlink-rules';
import { automaticPhoneAssignment, clockOf, mobileCalling, targetsReachable } from './other-rules';
import { appVersion, licenceTeleworker, licenceZoomPsi, usersAtCloudLink, usersAtZoom } from './user-rules';
import { zoomAuthorised, zoomLicence, zoomPhoneSetUp, zoomPsiEnabled, zoomRole, zoomScopes } from './zoom-rules';

/** Each requirement and how it is judged. Pure: what is judged was found out before. */
export const RULES: Record<CheckCode, (facts: PreflightFacts) => Finding> = {
  zoom_authorised: zoomAuthorised,
  zoom_role: zoomRole,
  zoom_scopes: zoomScopes,
  zoom_psi_enabled: zoomPsiEnabled,
  zoom_phone_set_up: zoomPhoneSetUp,
  zoom_licence: zoomLicence,
  cloudlink_authorised: cloudlinkAuthorised,
  cloudlink_role: cloudlinkRole,
  cloudlink_scopes: cloudlinkScopes,
  cloudlink_integration: cloudlinkIntegration,
  licence_zoom_psi: licenceZoomPsi,
  licence_teleworker: licenceTeleworker,
  users_at_zoom: usersAtZoom,
  users_at_cloudlink: usersAtCloudLink,
  app_version: appVersion,
  targets_reachable: targetsReachable,
  clock_zoom: clockOf('zoom'),
  clock_cloudlink: clockOf('cloudlink'),
  mobile_calling: mobileCalling,
  automatic_phone_assignment: automaticPhoneAssignment,
};
