import { LEAST_APP_VERSION } from '../assumptions';
import { compareVersions, isAtLeast, parseVersion } from '../compare-versions';
import { MOST_EXAMPLES, type Affected, type PreflightFacts, type UserFacts, type VersionCount } from '../facts';
import { found, type Finding } from '../findings';
import { judgeLook } from './look-rules';
import { stateOfShare } from './state-of-share';

function judgeUsers(users: UserFacts, judge: () => Finding): Finding {
  if (users.syncedAt === null) return found('unknown', 'not_synced', {});
  return users.total === 0 ? found('unknown', 'no_users', {}) : judge();
}

/** The Mitel licence ZoomPSI, or Hybrid, which CloudLink shows as the same. */
export const licenceZoomPsi = ({ users }: PreflightFacts): Finding =>
  judgeUsers(users, () => {
    const { entitled: total, withoutZoomPsi: without } = users;
    return without.count === 0
      ? found('ok', 'zoom_psi_all', { total })
      : found(stateOfShare(without.count, total), 'zoom_psi_missing', { total, without });
  });

/** With one Teleworker licence only one of desktop and mobile registers; with none, neither does. */
export const licenceTeleworker = ({ users }: PreflightFacts): Finding =>
  judgeUsers(users, () => {
    const { entitled: total, withoutTeleworker: without, oneTeleworker: one } = users;
    if (without.count + one.count === 0) return found('ok', 'teleworker_all', { total });
    const state = without.count > 0 ? stateOfShare(without.count, total) : 'warning';
    return found(state, 'teleworker_missing', { total, without, one });
  });

export function usersAtZoom({ users }: PreflightFacts): Finding {
  if (users.syncedAt === null) return found('unknown', 'not_synced', {});
  const { missingAtZoom: missing, notActiveAtZoom: notActive, total } = users;
  if (missing.count + notActive.count === 0) {
    return total === 0 ? found('unknown', 'no_users', {}) : found('ok', 'all_at_zoom', { total });
  }
  return found(
    stateOfShare(missing.count, missing.count + total) === 'failed' ? 'failed' : 'warning',
    'missing_at_zoom',
    {
      missing,
      notActive,
    },
  );
}

/** Of everybody at Zoom, or, where an admin chooses who is integrated, of the chosen. */
export function usersAtCloudLink({ users, zoom }: PreflightFacts): Finding {
  if (users.syncedAt === null) return found('unknown', 'not_synced', {});
  const { membership, chosenMissingAtCloudLink, total } = users;
  if (membership === 'chosen') {
    const missing = chosenMissingAtCloudLink;
    if (total === 0) return found('unknown', 'no_users', {});
    return missing.count === 0
      ? found('ok', 'all_at_cloudlink', { total, isWhole: true })
      : found(stateOfShare(missing.count, total), 'missing_at_cloudlink', {
          missing,
          isChosen: true,
          looked: total,
          isWhole: true,
        });
  }
  return judgeLook('zoom', zoom.seats, ({ notAtCloudLink: missing, looked, isWhole }) =>
    missing.count === 0
      ? found('ok', 'all_at_cloudlink', { total: looked, isWhole })
      : found(stateOfShare(missing.count, looked), 'missing_at_cloudlink', {
          missing,
          isChosen: false,
          looked,
          isWhole,
        }),
  );
}

/** What devices report; before any has reported, the app in which Zoom saw each user last. */
export function appVersion({ devices, zoom }: PreflightFacts): Finding {
  const { untold } = devices;
  if (devices.versions.length > 0) return judgeVersions(devices.versions, 'reports', untold);
  if (untold > 0) return found('unknown', 'apps_untold', {});
  return judgeLook('zoom', zoom.seats, ({ clients }) => judgeVersions(clients, 'zoom', 0));
}

function judgeVersions(versions: readonly VersionCount[], source: 'reports' | 'zoom', untold: number): Finding {
  const readable = versions.filter(({ version }) => parseVersion(version) !== undefined);
  const devices = sum(readable);
  if (devices === 0) return found('unknown', 'apps_untold', {});
  const old = readable.filter(({ version }) => isAtLeast(version, LEAST_APP_VERSION) === false);
  const notRead = untold + sum(versions) - devices;
  if (old.length === 0) return found('ok', 'apps_new_enough', { devices, source, untold: notRead });
  const [oldest] = [...old].sort((a, b) =>
    compareVersions(parseVersion(a.version) ?? [], parseVersion(b.version) ?? []),
  );
  const tooOld: Affected = {
    count: sum(old),
    examples: [...new Set(old.flatMap(({ examples }) => examples))].sort().slice(0, MOST_EXAMPLES),
  };
  return found(stateOfShare(tooOld.count, devices), 'apps_too_old', {
    devices,
    tooOld,
    oldest: oldest?.version ?? '',
    source,
    untold: notRead,
  });
}

const sum = (versions: readonly VersionCount[]): number => versions.reduce((total, { count }) => total + count, 0);
