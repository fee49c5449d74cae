/** As people call it. */
export const providerName = ({ provider }: { provider: 'zoom' | 'cloudlink' }): string =>
  provider === 'zoom' ? 'Zoom' : 'CloudLink';
