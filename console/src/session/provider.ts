export type Provider = 'zoom' | 'cloudlink';

/** In the order in which they are shown. */
export const PROVIDERS: readonly Provider[] = ['zoom', 'cloudlink'];
