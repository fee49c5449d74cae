import type { Provider } from '../../../oauth/provider';
import { CLOCK_LIMITS_MS } from '../assumptions';
import { certainOffset, clockOffset } from '../clock-offset';
import type { PreflightFacts } from '../facts';
import { found, type Finding } from '../findings';

/** Only what is certain counts against a clock: a slow answer proves nothing. */
export function clockOf(side: Provider): (facts: PreflightFacts) => Finding {
  return ({ clock }) => {
    const offset = clockOffset(clock.filter(({ provider }) => provider === side));
    if (offset === undefined) return found('unknown', 'clock_untold', { side });
    const certain = certainOffset(offset);
    const size = Math.abs(certain);
    if (size < CLOCK_LIMITS_MS.warning) return found('ok', 'clock_right', { side, ...offset });
    const state = size >= CLOCK_LIMITS_MS.failed ? 'failed' : 'warning';
    return found(state, 'clock_wrong', { side, ...offset, certain });
  };
}

export function targetsReachable({ targets: { handedOut, lastLook } }: PreflightFacts): Finding {
  if (lastLook === undefined || lastLook.targets.length === 0)
    return found('unknown', 'targets_not_probed', { handedOut });
  const named = (state: string): string[] =>
    lastLook.targets
      .filter((target) => target.state === state)
      .map(({ host, port, role }) => `${host}:${port} (${role})`);
  const [down, degraded] = [named('down'), named('degraded')];
  const { at } = lastLook;
  const count = lastLook.targets.length;
  if (down.length + degraded.length === 0) return found('ok', 'targets_answer', { targets: count, at });
  return found(down.length === count ? 'failed' : 'warning', 'targets_trouble', { targets: count, down, degraded, at });
}

/** No interface of Zoom tells; but where a mobile app is registered, the switch is on. */
export function mobileCalling({ devices: { mobileRegistered, mobileCalling: isOn } }: PreflightFacts): Finding {
  // A registration of before the switch proves nothing for those who will want one.
  if (!isOn) return found('warning', 'mobile_off_here', {});
  if (mobileRegistered > 0) return found('ok', 'mobile_seen', { devices: mobileRegistered });
  return found('manual', 'mobile_by_hand', {});
}

export const automaticPhoneAssignment = (): Finding => found('manual', 'assignment_by_hand', {});
