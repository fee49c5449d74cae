import { PROVIDER_NAMES, type Provider } from '../../../oauth/provider';
import type { RiskReason } from '../../../oauth/grant';
import { LEAST_APP_VERSION, TELEWORKER_LICENCES } from '../assumptions';
import type { FindingText, PreflightTexts } from './text-shape';

const ok = (evidence: string): FindingText => ({ evidence, nextStep: '' });
const at = (side: Provider): string => PROVIDER_NAMES[side];
const users = (count: number): string => (count === 1 ? '1 user' : `${count} users`);
const devices = (count: number): string => (count === 1 ? '1 device' : `${count} devices`);
const ofLooked = (looked: number, isWhole: boolean): string =>
  isWhole ? `all ${looked} active Zoom users` : `the first ${looked} active Zoom users (there are more)`;
const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
const between = (least: number, most: number): string => `between ${seconds(least)} and ${seconds(most)}`;
const authorise = (side: Provider): string =>
  `Have an admin of the ${at(side)} account authorise: in the console, by npm run cli -- connectors authorize-link, or POST …/authorize-links.`;
const untold = (count: number): string => (count === 0 ? '' : ` ${devices(count)} did not say which app they are.`);
const bySource = { reports: 'as the apps report', zoom: 'as Zoom saw each user last; no app has reported yet' };

const RISKS: Record<RiskReason, string> = {
  role_missing: 'the admin has lost the role',
  user_left: 'the admin has left the account',
  user_deactivated: 'the admin was deactivated',
  token_refused: 'a token that was just renewed was refused',
  keep_alive_failed: 'nobody could say for days whether it still works',
};

export const english: PreflightTexts = {
  titles: {
    zoom_authorised: 'Zoom is authorised',
    zoom_role: 'The Zoom admin holds the privileges',
    zoom_scopes: 'The Zoom authorisation carries the scopes',
    zoom_psi_enabled: 'Zoom has enabled Phone System Integration',
    zoom_phone_set_up: 'Zoom Phone is set up',
    zoom_licence: 'The users have a suitable Zoom licence',
    cloudlink_authorised: 'CloudLink is authorised',
    cloudlink_role: 'The CloudLink admin holds the role',
    cloudlink_scopes: 'The CloudLink authorisation carries the scopes',
    cloudlink_integration: 'The CloudLink account has the Zoom integration',
    licence_zoom_psi: 'The users have the Mitel licence ZoomPSI or Hybrid',
    licence_teleworker: `The users have ${TELEWORKER_LICENCES} Teleworker licences`,
    users_at_zoom: 'The CloudLink users are in Zoom',
    users_at_cloudlink: 'The Zoom users are in CloudLink',
    app_version: `The Zoom Workplace apps are ${LEAST_APP_VERSION} or newer`,
    targets_reachable: 'The registration targets answer',
    clock_zoom: 'Our clock agrees with Zoom’s',
    clock_cloudlink: 'Our clock agrees with CloudLink’s',
    mobile_calling: 'Calling with the mobile app is switched on',
    automatic_phone_assignment: 'Zoom Phone is not assigned automatically',
  },
  findings: {
    not_authorised: ({ side }) => ({
      evidence: `There is no valid authorisation at ${at(side)}.`,
      nextStep: authorise(side),
    }),
    unreachable: ({ side, retryAfterSeconds }) => ({
      evidence: `${at(side)} did not answer in time, or asks us to wait.`,
      nextStep:
        retryAfterSeconds === undefined
          ? `Look again in a few minutes. If it stays so, see ${at(side)}’s status page and whether this server reaches it.`
          : `Look again in ${retryAfterSeconds} s.`,
    }),
    refused: ({ side }) => ({
      evidence: `${at(side)} refuses this question.`,
      nextStep: `Mend what the other checks of ${at(side)} name, then look again.`,
    }),
    unreadable: ({ side }) => ({
      evidence: `${at(side)} gave an answer that this program cannot read.`,
      nextStep: 'Look again; if it stays so, give the operator of this service the time of this look.',
    }),
    not_synced: () => ({
      evidence: 'No sync has succeeded yet, so nobody knows the users.',
      nextStep: 'Start a sync (in the console, by npm run cli -- sync, or POST …/sync), then look again.',
    }),
    no_users: () => ({
      evidence: 'The last sync has found no users.',
      nextStep: 'Give users the licences in Mitel Administration, see that their emails are those in Zoom, and sync.',
    }),
    authorised: ({ side, admin, kind }) =>
      ok(
        kind === 'service_client'
          ? `${at(side)} accepts the service client of the account.`
          : `${at(side)} accepts the authorisation of ${admin}.`,
      ),
    at_risk: ({ side, admin, reason }) => ({
      evidence: `The authorisation of ${admin} at ${at(side)} still works, but ${RISKS[reason]}.`,
      nextStep: `Let another admin authorise before it ends. ${authorise(side)}`,
    }),
    token_refused: ({ side, admin }) => ({
      evidence: `${at(side)} refuses the authorisation of ${admin}.`,
      nextStep: authorise(side),
    }),
    zoom_admin_inactive: ({ admin }) => ({
      evidence: `${admin} is deactivated in Zoom.`,
      nextStep: `Activate the user again, or let another admin authorise. ${authorise('zoom')}`,
    }),
    zoom_privileges_held: ({ admin, role }) =>
      ok(`${admin} has the role “${role}” with every privilege that is needed.`),
    zoom_privileges_missing: ({ admin, role, missing }) => ({
      evidence: `${admin} has the role “${role}”, which lacks ${missing.join(', ')}.`,
      nextStep:
        'In Zoom: User Management → Roles → the role → Role Settings: switch on “Users”, “Phone System Integration” (view and edit) and “Zoom Phone”. Or let an admin who has them authorise.',
    }),
    scopes_granted: ({ side, scopes }) => ok(`${at(side)} has granted: ${scopes.join(' ')}.`),
    scopes_missing: ({ side, missing, isNeeded }) => ({
      evidence: `${at(side)} has not granted: ${missing.join(' ')}.${isNeeded ? '' : ' The service works without, but some of these checks do not.'}`,
      nextStep: `Add the scopes to the app at ${at(side)}, then let an admin authorise again: scopes are given at the consent only.`,
    }),
    scopes_untold: ({ side }) => ({
      evidence: `${at(side)} did not say which scopes it has granted.`,
      nextStep: 'Nothing to do while the other checks are good.',
    }),
    psi_on: () => ok('Zoom lets us list the phones of Phone System Integration.'),
    psi_off: () => ({
      evidence: 'Zoom says that Phone System Integration is not enabled for this account.',
      nextStep: 'Ask Zoom (your account team or support) to enable Phone System Integration for Mitel.',
    }),
    psi_by_hand: () => ({
      evidence: 'The authorisation may not ask Zoom for this.',
      nextStep:
        'In Zoom: see that Account Management → Phone System Integration exists. If it does not, ask Zoom to enable it for Mitel.',
    }),
    phone_on: () => ok('Zoom answers with the settings of Zoom Phone.'),
    phone_off: () => ({
      evidence: 'Zoom says that Zoom Phone has not been enabled for this account (code 2031).',
      nextStep:
        'In Zoom: Phone System Management → go through the first set-up, with a test extension and an emergency address, and leave the main company number empty.',
    }),
    phone_scope_missing: () => ({
      evidence: 'The authorisation lacks the scope phone:read:settings:admin, so Zoom does not tell.',
      nextStep:
        'Add the scope to the app and let an admin authorise again, or see in Zoom that Phone System Management opens without a set-up page.',
    }),
    phone_privilege_missing: () => ({
      evidence: 'The role of the admin who authorised may not see the settings of Zoom Phone.',
      nextStep:
        'Switch on “Zoom Phone” in that role, or see in Zoom that Phone System Management opens without a set-up page.',
    }),
    seats_paid: ({ integrated, looked, isWhole }) =>
      ok(`${users(integrated)} of the integration have a paid seat; looked at ${ofLooked(looked, isWhole)}.`),
    seats_unpaid: ({ integrated, looked, isWhole, unpaid }) => ({
      evidence: `${unpaid.count} of ${users(integrated)} have no paid seat (Basic or unassigned); looked at ${ofLooked(looked, isWhole)}.`,
      nextStep:
        'In Zoom: User Management → Users: give them Workplace Business, Business Plus, Enterprise or a plan with Zoom Phone Pro.',
    }),
    seats_of_nobody: ({ looked, isWhole }) => ({
      evidence: `None of ${ofLooked(looked, isWhole)} belongs to the integration yet.`,
      nextStep: 'Look again after a sync has found users.',
    }),
    cloudlink_role_held: ({ admin, role, kind }) =>
      ok(kind === 'service_client' ? `The service client has the role ${role}.` : `${admin} has the role ${role}.`),
    cloudlink_role_missing: ({ admin, role }) => ({
      evidence: `${admin} has the role ${role === '' ? '(none)' : role}.`,
      nextStep:
        'In Mitel Administration: Users → the user → Role: Account Admin. Or let an admin of the account authorise.',
    }),
    integration_readable: () => ok('CloudLink lets us read the users of the Zoom integration.'),
    integration_refused: () => ({
      evidence: 'CloudLink refuses to list the users of the Zoom integration, although it accepts the authorisation.',
      nextStep:
        'In Mitel Administration: Account Information → Integrations → + Add new → Zoom, then Complete Setup and switch it on. A partner account cannot have it: use the customer’s account.',
    }),
    zoom_psi_all: ({ total }) => ok(`${users(total)}: all have it.`),
    zoom_psi_missing: ({ total, without }) => ({
      evidence: `${without.count} of ${users(total)} have neither ZoomPSI nor Hybrid.`,
      nextStep: 'In Mitel Administration: Users → the user → Licences: assign ZoomPSI or Hybrid.',
    }),
    teleworker_all: ({ total }) => ok(`${users(total)}: all have ${TELEWORKER_LICENCES} or more.`),
    teleworker_missing: ({ total, without, one }) => ({
      evidence: `Of ${users(total)}, ${without.count} have none and ${one.count} have one only: that is enough for either desktop or mobile.`,
      nextStep: `In Mitel Administration: Users → the user → Licences: assign ${TELEWORKER_LICENCES} Teleworker licences, one for the desktop app and one for the mobile app.`,
    }),
    all_at_zoom: ({ total }) => ok(`${users(total)}: all are active in Zoom.`),
    missing_at_zoom: ({ missing, notActive }) => ({
      evidence: `${users(missing.count)} of CloudLink have no Zoom user with the same email; ${notActive.count} are in Zoom, but deactivated or invited only.`,
      nextStep:
        'In Zoom: User Management → Users → Add Users, with exactly the email that CloudLink has, or activate them; let the invited accept. Then sync.',
    }),
    all_at_cloudlink: ({ total, isWhole }) =>
      ok(
        isWhole
          ? `${users(total)}: all are in CloudLink.`
          : `The first ${users(total)} are in CloudLink; there are more.`,
      ),
    missing_at_cloudlink: ({ missing, isChosen, looked, isWhole }) => ({
      evidence: isChosen
        ? `${missing.count} of ${users(looked)} who were added by hand have no CloudLink user with the same email.`
        : `${missing.count} of ${ofLooked(looked, isWhole)} have no CloudLink user with the same email.`,
      nextStep: isChosen
        ? 'In Mitel Administration: Users: add them with exactly the email that Zoom has, and give them the licences. Then sync.'
        : 'Those who are to phone through Mitel: add them in Mitel Administration → Users, with exactly the email that Zoom has. For all others there is nothing to do.',
    }),
    apps_new_enough: ({ devices: count, source, untold: silent }) =>
      ok(`${devices(count)}: all are new enough (${bySource[source]}).${untold(silent)}`),
    apps_too_old: ({ devices: count, tooOld, oldest, source, untold: silent }) => ({
      evidence: `${tooOld.count} of ${devices(count)} have an older app, the oldest ${oldest} (${bySource[source]}).${untold(silent)}`,
      nextStep: `Update Zoom Workplace to ${LEAST_APP_VERSION} or newer. Zoom’s account settings can demand a minimum version of everybody.`,
    }),
    apps_untold: () => ({
      evidence: 'No app has said its version in a form that can be compared.',
      nextStep: `See in the app, under “About”, that it is ${LEAST_APP_VERSION} or newer.`,
    }),
    targets_answer: ({ targets, at: time }) => ok(`All ${targets} answer; looked at ${time.toISOString()}.`),
    targets_trouble: ({ targets, down, degraded, at: time }) => ({
      evidence: `Of ${targets}, ${down.length} do not answer${list(down)} and ${degraded.length} have trouble${list(degraded)}; looked at ${time.toISOString()}.`,
      nextStep:
        'See the reasons with the targets of this connector; begin with the network and the certificate of the SBC.',
    }),
    targets_not_probed: ({ handedOut }) => ({
      evidence: `No probe has run, so nobody has looked whether they answer. CloudLink names ${handedOut}.`,
      nextStep: 'From the network of the users, see that the SBC accepts TLS on the port that CloudLink names.',
    }),
    clock_right: ({ side, least, most }) => ok(`${at(side)}’s clock is ahead of ours by ${between(least, most)}.`),
    clock_wrong: ({ side, certain, least, most }) => ({
      evidence: `${at(side)}’s clock is ${certain > 0 ? 'ahead of' : 'behind'} ours by at least ${seconds(Math.abs(certain))} (${between(least, most)}).`,
      nextStep: 'Have this server keep its clock by NTP. If both providers differ alike, it is ours that is wrong.',
    }),
    clock_untold: ({ side }) => ({
      evidence: `${at(side)} gave no answer with a time.`,
      nextStep: `Mend what the other checks of ${at(side)} name, then look again.`,
    }),
    mobile_off_here: () => ({
      evidence: 'It is switched off in the settings of this connector: mobile apps are given no registration.',
      nextStep: 'If mobile apps are to ring, switch on mobile calling in the settings of the connector.',
    }),
    mobile_seen: ({ devices: count }) => ok(`${devices(count)}: mobile apps are registered now, so it is on.`),
    mobile_by_hand: () => ({
      evidence: 'No interface tells, and no mobile app is registered now.',
      nextStep:
        'In Zoom: Account Management → Phone System Integration → Settings: “Allow to use the integrated phone system for the call function on the Zoom mobile client” must be on.',
    }),
    assignment_by_hand: () => ({
      evidence: 'No interface tells.',
      nextStep:
        'In Zoom: Account Management → Account Settings → Zoom Phone: “Automatic Phone Assignment for Zoom Workplace Licenses” must be off.',
    }),
  },
};

const list = (names: readonly string[]): string => (names.length === 0 ? '' : ` (${names.slice(0, 5).join(', ')})`);
