/** The two sides of a connector. */
export const PROVIDERS = ['zoom', 'cloudlink'] as const;
export type Provider = (typeof PROVIDERS)[number];

export const otherProvider = (provider: Provider): Provider => (provider === 'zoom' ? 'cloudlink' : 'zoom');

/** As the vendors write themselves. */
export const PROVIDER_NAMES: Record<Provider, string> = { zoom: 'Zoom', cloudlink: 'Mitel CloudLink' };
