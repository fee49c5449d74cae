import type { Config } from '../platform/config/config';
import type { Reach } from './delivery/refused-address';

/** Where the webhooks of a connector may lead: its admins are not the operator, whose network is none of theirs. */
export const connectorReach = (config: Pick<Config, 'sandbox'>): Reach =>
  config.sandbox === undefined ? 'public' : 'private';
