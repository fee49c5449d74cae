import type { Config } from '../platform/config/config';

/** How long an access token of a machine client is good. */
export const ACCESS_TOKEN_SECONDS = 3600;
/** How far clocks may differ: so long after its end a token is still taken. */
export const CLOCK_TOLERANCE_SECONDS = 5;

/** The audience of our access tokens: the API as a whole, under its public address. */
export const audienceOf = (config: Config): string => `${config.publicUrl}/v1`;
