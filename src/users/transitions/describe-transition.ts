import type { Language } from '../../platform/config/config';
import { describeSip } from '../describe-registration';
import type { Transition } from './transition.repository';
import type { TransitionDto } from './transitions.dto';

export function describeTransition({ previous, status, at, failure }: Transition, language: Language): TransitionDto {
  const sip = describeSip(failure, language);
  return {
    previous,
    status,
    at: at.toISOString(),
    sip: sip === null || failure === null ? null : { platform: failure.platform, ...sip },
  };
}
