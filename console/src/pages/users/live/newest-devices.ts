import type { components } from '../../../api/schema';
import { PLATFORMS, type Device, type Platform } from '../user';

type Registration = components['schemas']['RegistrationDto'];

/** Per platform the device that reported last. `registrations`: newest first. */
export function newestDevices(registrations: readonly Registration[]): Record<Platform, Device | null> {
  const [desktop, mobile] = PLATFORMS.map((platform) => {
    const newest = registrations.find((registration) => registration.platform === platform);
    return newest === undefined ? null : { state: newest.state, code: newest.sip?.code ?? null, at: newest.reportedAt };
  });
  return { desktop: desktop ?? null, mobile: mobile ?? null };
}
