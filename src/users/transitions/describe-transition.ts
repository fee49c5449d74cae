import { describeSip } from '../describe-registration';
import type { Transition } from './transition.repository';
import type { TransitionDto } from './transitions.dto';

export function describeTransition({ previous, status, at, failure }: Transition): TransitionDto {
  const sip = describeSip(failure);
  return {
    previous,
    status,
    at: at.toISOString(),
    sip: sip === null || failure === null ? null : { platform: failure.platform, ...sip },
  };
}
