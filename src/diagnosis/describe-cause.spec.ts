import { describeCause, type CauseToTell } from './describe-cause';
import { DIAGNOSIS_CODES } from './diagnosis-code';
import type { ConnectorFacts, TargetFacts } from './facts';
import { PROBE_REASONS } from '../sip/probe/judge-probe';
import { REGISTRAR_RESULTS } from '../sip/registrar/registrar-result';
import { CAUSE_OF_REASON } from './rules/target-cause';

const NOW = new Date('2026-11-25T12:00:00Z');
const CONNECTOR: ConnectorFacts = {
  now: NOW,
  targets: new Map(),
  lostLately: { users: 20, since: NOW },
  users: 1000,
  registered: 0,
  mobile: { registered: 0, refused: 0 },
  desktop: { registered: 0, refused: 0 },
  syncedAt: null,
  syncInterval: 900,
};
const TARGET: TargetFacts = {
  id: 't',
  host: '2001:db8::1',
  port: 5061,
  transport: 'tls',
  role: 'backup_sbc',
  state: 'down',
  reason: 'certificate_expired',
  since: NOW,
  notAfter: new Date('2026-11-24T09:00:00Z'),
  users: 1,
};

function* everything(): Iterable<CauseToTell> {
  for (const code of DIAGNOSIS_CODES)
    for (const failure of [
      null,
      { platform: 'mobile', code: 503, source: 'client' } as const,
      { platform: 'desktop', code: 401, source: 'registrar' } as const,
      { platform: 'desktop', code: null, source: null } as const,
    ]) {
      yield { code, failure, target: null };
      for (const reason of PROBE_REASONS)
        yield { code: CAUSE_OF_REASON[reason] ?? code, failure, target: { ...TARGET, reason } };
      for (const result of REGISTRAR_RESULTS)
        yield {
          code,
          failure,
          target: null,
          user: {
            status: 'sip_error',
            devices: [],
            targets: [],
            check: { result, bindings: 1, isNewer: true },
            teleworker: 1,
            zoomPsi: false,
          },
        };
    }
}

describe.each(['en', 'de'] as const)('the words of a cause in %s', (language) => {
  it('are whole, clean sentences', () => {
    for (const cause of everything()) {
      const { title, evidence, nextStep } = describeCause(cause, CONNECTOR, language);
      expect(title).toMatch(/^[A-ZÄÖÜ].*[^.?!]$/u);
      expect(nextStep).toMatch(/^[A-ZÄÖÜ].*[.?]$/u);
      for (const sentence of evidence) expect(sentence).toMatch(/^[A-ZÄÖÜ].*\.$/u);
      for (const words of [title, nextStep, ...evidence]) expect(words).not.toMatch(/undefined|null| {2}|\.\.| \./);
    }
  });

  it('say what is wrong where, since when, and what the app made of it', () => {
    const failure = { platform: 'mobile', code: 503, source: 'client' } as const;
    const words = describeCause({ code: 'certificate_expired', target: TARGET, failure }, CONNECTOR, language);
    expect(words.title).toContain('[2001:db8::1]:5061');
    expect(words.evidence).toHaveLength(4);
    expect(words.evidence.join(' ')).toContain(language === 'en' ? '24 November 2026' : '24. November 2026');
    expect(words.evidence.at(-1)).toContain('503');
  });

  it('tell the licences of one user', () => {
    const user = { status: 'sip_error', devices: [], targets: [], check: null, teleworker: 1, zoomPsi: false } as const;
    const { evidence } = describeCause(
      { code: 'licence_missing', target: null, failure: null, user },
      CONNECTOR,
      language,
    );
    expect(evidence.join(' ')).toMatch(/ZoomPSI.* 1\./);
  });
});
