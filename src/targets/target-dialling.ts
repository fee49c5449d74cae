import { Inject, Injectable } from '@nestjs/common';
import { isRefusedAddress } from '../alerts/delivery/refused-address';
import type { Config } from '../platform/config/config';
import { CONFIG } from '../platform/config/config.token';
import { DIAL_LIMITS } from '../sip/dial/dial-facts';
import type { DialOptions } from '../sip/dial/dial-target';
import { TrustedAuthorities } from './authorities/trusted-authorities';

/**
 * How we speak to the targets of a connector. They come from CloudLink, which its customer fills in: so only addresses within
 * our reach are spoken to, the clouds' metadata services never are, and nothing of an answer but its status line and the
 * name of its software is shown to anybody.
 */
@Injectable()
export class TargetDialling {
  constructor(
    private readonly authorities: TrustedAuthorities,
    @Inject(CONFIG) private readonly config: Pick<Config, 'probes'>,
  ) {}

  async optionsFor(connectorId: string, signal: AbortSignal): Promise<DialOptions> {
    const { reach } = this.config.probes;
    return {
      limits: DIAL_LIMITS,
      signal,
      secureContext: await this.authorities.contextFor(connectorId),
      mayConnect: (address) => !isRefusedAddress(address, reach),
    };
  }
}
