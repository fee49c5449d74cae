import type { CertificateFacts } from '../dial/certificate-facts';
import { DIAL_FAILURES, type DialFacts } from '../dial/dial-facts';
import { daysLeft, dueWarning } from '../dial/judge-certificate';
import { judgeProbe, PROBE_REASONS } from './judge-probe';
import type { ProbeFacts, SipFacts } from './probe-target';

const NOW = new Date('2026-11-25T12:00:00Z');
const inDays = (days: number): Date => new Date(NOW.getTime() + days * 86_400_000);

const certificate = (changes: Partial<CertificateFacts> = {}): CertificateFacts => ({
  subject: 'CN=sbc',
  issuer: 'CN=ca',
  names: ['sbc.example'],
  notBefore: inDays(-10),
  notAfter: inDays(300),
  fingerprint: 'f',
  chainError: null,
  coversHost: true,
  coversAddress: false,
  ...changes,
});
const answered = (code: number): SipFacts => ({
  kind: 'answer',
  answer: { code, reason: '', server: null, retryAfter: null },
  ms: 1,
});
const facts = (changes: Partial<ProbeFacts>): ProbeFacts => ({
  address: '192.0.2.1',
  dnsMs: 1,
  tcpMs: 1,
  tlsMs: 1,
  tlsVersion: 'TLSv1.3',
  certificate: certificate(),
  failure: null,
  code: null,
  sip: answered(200),
  portKind: null,
  ...changes,
});
const failing = (failure: DialFacts['failure'], rest: Partial<ProbeFacts> = {}): ProbeFacts =>
  facts({ failure, sip: null, certificate: null, ...rest });

const TABLE: [name: string, seen: ProbeFacts, verdict: string][] = [
  ['everything is well', facts({}), 'ok'],
  ['a plain target', facts({ certificate: null, tlsMs: null, tlsVersion: null }), 'ok'],
  ...[401, 403, 404, 405, 483, 500, 600].map((code): [string, ProbeFacts, string] => [
    `${code} is an answer, too`,
    facts({ sip: answered(code) }),
    'ok',
  ]),
  ['503', facts({ sip: answered(503) }), 'degraded sip_overloaded'],
  ['no answer', facts({ sip: { kind: 'silent' } }), 'down sip_silent'],
  ['closed', facts({ sip: { kind: 'closed', code: null } }), 'down sip_closed'],
  ['another protocol', facts({ sip: { kind: 'not_sip' } }), 'down not_sip'],
  ['never asked', facts({ sip: null }), 'down sip_silent'],
  ...DIAL_FAILURES.map((failure): [string, ProbeFacts, string] => [
    failure,
    failing(failure),
    `${failure === 'address_refused' ? 'unknown' : 'down'} ${failure}`,
  ]),
  ['plain behind a TLS target', failing('tls_timeout', { portKind: 'plain' }), 'down port_is_plain'],
  [
    'TLS behind a plain target',
    facts({ sip: { kind: 'silent' }, portKind: 'tls', certificate: null }),
    'down port_is_tls',
  ],
  ['expired', facts({ certificate: certificate({ notAfter: inDays(-1) }) }), 'down certificate_expired'],
  [
    'expired in the chain',
    facts({ certificate: certificate({ chainError: 'CERT_HAS_EXPIRED' }) }),
    'down certificate_expired',
  ],
  [
    'expired, of an unknown authority, for another name',
    facts({ certificate: certificate({ notAfter: inDays(-1), chainError: 'X', coversHost: false }) }),
    'down certificate_expired',
  ],
  ['not yet valid', facts({ certificate: certificate({ notBefore: inDays(1) }) }), 'down certificate_not_yet_valid'],
  [
    'of an unknown authority',
    facts({ certificate: certificate({ chainError: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' }) }),
    'down certificate_untrusted',
  ],
  ['for another name', facts({ certificate: certificate({ coversHost: false }) }), 'down certificate_name_mismatch'],
  ['the address is not in it, but the name is', facts({ certificate: certificate({ coversAddress: false }) }), 'ok'],
  [
    'for another name, and silent',
    facts({ certificate: certificate({ coversHost: false }), sip: { kind: 'silent' } }),
    'down certificate_name_mismatch',
  ],
  [
    'wants a certificate of ours, its own is good',
    failing('client_certificate_required', { certificate: certificate() }),
    'down client_certificate_required',
  ],
  [
    'wants a certificate of ours, its own is expired',
    failing('client_certificate_required', { certificate: certificate({ notAfter: inDays(-1) }) }),
    'down certificate_expired',
  ],
  ['31 days left', facts({ certificate: certificate({ notAfter: inDays(31) }) }), 'ok'],
  ['30 days left', facts({ certificate: certificate({ notAfter: inDays(30) }) }), 'degraded certificate_expiring'],
  ['an hour left', facts({ certificate: certificate({ notAfter: inDays(0.04) }) }), 'degraded certificate_expiring'],
  [
    '30 days left and silent',
    facts({ certificate: certificate({ notAfter: inDays(9) }), sip: { kind: 'silent' } }),
    'down sip_silent',
  ],
];

describe('judgeProbe', () => {
  it.each(TABLE)('%s', (_, seen, verdict) => {
    const { state, reason } = judgeProbe(seen, NOW);
    expect([state, reason].filter((word) => word !== null).join(' ')).toBe(verdict);
  });

  it('has a row for every reason', () => {
    const reasons = new Set(TABLE.map(([, seen]) => judgeProbe(seen, NOW).reason));
    expect(PROBE_REASONS.filter((reason) => !reasons.has(reason))).toEqual([]);
  });
});

describe('warnings of a certificate', () => {
  it.each([
    [30.1, undefined, 30],
    [30, 30, 30],
    [14.5, 30, 14],
    [14, 14, 14],
    [7.01, 14, 7],
    [7, 7, 7],
    [1.5, 7, 1],
    [1, 1, 1],
    [0.5, 1, 0],
    [0, 1, 0],
    [-0.1, undefined, -1],
  ])('with %p days left: %p, and %p whole ones', (days, warning, whole) => {
    expect([dueWarning({ notAfter: inDays(days) }, NOW), daysLeft({ notAfter: inDays(days) }, NOW)]).toEqual([
      warning,
      whole,
    ]);
  });
});
