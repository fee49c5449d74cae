import { affectedFilter } from './affected-filter';

describe('affectedFilter', () => {
  it('shows who waits for a credential', () => {
    expect(affectedFilter({ code: 'credential_pending', failure: null })).toBe('status=pending');
  });

  it('shows who has the code that apps report', () => {
    const failure = { platform: 'desktop', code: 403, source: 'registrar' } as const;
    expect(affectedFilter({ code: 'hash_refused', failure })).toBe('status=sip_error&code=403');
  });

  it.each([null, { platform: 'mobile', code: null, source: 'network' } as const])(
    'shows nobody where no filter can say it (%j)',
    (failure) => {
      expect(affectedFilter({ code: 'target_down', failure })).toBeUndefined();
    },
  );
});
