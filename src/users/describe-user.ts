import type { Language } from '../platform/config/config';
import { describeRegistration, describeSip, stateOf } from './describe-registration';
import { presentStatus } from './present-status';
import { readLicences } from './read-licences';
import type { Registration } from './registration';
import { PLATFORMS, type Platform } from './registration-report';
import type { UserRecord } from './user-record';
import type { UserDetail } from './users.repository';
import type { NewestDeviceDto, UserDetailDto, UserDto } from './users.dto';

/** A user as a list shows it. */
export function describeUser(user: UserRecord, now: Date, language: Language): UserDto {
  const { status, since, sip } = presentStatus(user, now);
  return {
    userId: user.zoomUserId,
    email: user.email,
    displayName: user.displayName,
    extension: user.extension,
    pbx: user.pbxType === null ? null : { type: user.pbxType, site: user.pbxSite ?? '' },
    callerId: user.callerId,
    membership: user.membership,
    status,
    since: since.toISOString(),
    sip: describeSip(sip?.sip ?? null, language),
    platforms: PLATFORMS.filter((platform) =>
      user.registrations.some((r) => r.platform === platform && r.outcome === 'registered' && r.expiresAt > now),
    ),
    devices: {
      desktop: describeDevice(user.registrations, 'desktop', now),
      mobile: describeDevice(user.registrations, 'mobile', now),
    },
    syncedAt: user.syncedAt?.toISOString() ?? null,
    missingSince: user.missingSince?.toISOString() ?? null,
  };
}

/** The newest report of a platform; the registrations begin with the newest. */
function describeDevice(registrations: readonly Registration[], platform: Platform, now: Date): NewestDeviceDto | null {
  const newest = registrations.find((registration) => registration.platform === platform);
  if (newest === undefined) return null;
  return { state: stateOf(newest, now), code: newest.sip?.code ?? null, at: newest.reportedAt.toISOString() };
}

export function describeUserDetail(user: UserDetail, now: Date, language: Language): UserDetailDto {
  const { credential } = user;
  return {
    ...describeUser(user, now, language),
    cloudlinkUserId: user.cloudlinkUserId,
    zoomStatus: user.zoomStatus,
    zoomPhone: user.zoomPhone,
    licences: readLicences(user.licences),
    credential: {
      state: user.credentialState,
      userName: credential?.userName ?? null,
      authUserName: credential?.authUserName ?? null,
      realm: credential?.realm ?? null,
      algorithms: credential?.algorithms ?? [],
      targets: credential?.targets ?? [],
    },
    registrations: user.registrations.map((registration) => describeRegistration(registration, now, language)),
    asOf: user.asOf?.toISOString() ?? null,
  };
}
