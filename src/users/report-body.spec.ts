import 'reflect-metadata';
import {
  constantFrom,
  assert,
  asyncProperty,
  double,
  integer,
  object,
  oneof,
  record,
  string,
  type Arbitrary,
} from 'fast-check';
import { createValidationPipe } from '../platform/http/validation';
import { isPlainReport, readReport } from './report-body';
import { ReportRegistrationDto } from './report-registration.dto';

const wild: Arbitrary<unknown> = oneof(
  string(),
  integer(),
  double(),
  constantFrom<unknown>(null, undefined, true, [], {}, '', 0, 1, 604_800, 604_801, 'desktop', 'sbc'),
);
const mostly = <T>(good: Arbitrary<T>): Arbitrary<unknown> =>
  oneof({ weight: 60, arbitrary: good }, { weight: 1, arbitrary: wild });
const target = record(
  {
    role: mostly(constantFrom('sbc', 'backup_sbc', 'pbx', null)),
    host: mostly(constantFrom('192.0.2.10', '2001:db8::1', 'sbc.example.com', '', 'a b', 'x'.repeat(254))),
    port: mostly(oneof(integer({ min: 1, max: 65_535 }), constantFrom(0, 65_536))),
    transport: mostly(constantFrom('tls', 'tcp', 'udp', 'TLS')),
  },
  { requiredKeys: ['host', 'port', 'transport'], noNullPrototype: true },
);
const sip = record(
  {
    code: mostly(integer({ min: 90, max: 710 })),
    reason: mostly(oneof(string(), constantFrom('x'.repeat(256)))),
    source: mostly(constantFrom('registrar', 'client', 'network', 'me')),
  },
  { requiredKeys: ['code', 'source'], noNullPrototype: true },
);
const report = record(
  {
    platform: mostly(constantFrom('desktop', 'mobile')),
    outcome: mostly(constantFrom('registered', 'failed', 'unregistered')),
    sequence: mostly(oneof(integer(), constantFrom(null, Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER + 1))),
    appVersion: mostly(oneof(string(), constantFrom('6.3.6', 'x'.repeat(65)))),
    expiresIn: mostly(oneof(integer({ min: -1, max: 604_801 }), constantFrom(null))),
    target: mostly(target),
    sip: mostly(sip),
  },
  { requiredKeys: ['platform', 'outcome'], noNullPrototype: true },
);

describe('the quick look at a report', () => {
  const validation = createValidationPipe();
  const byClass = async (value: unknown): Promise<ReportRegistrationDto | undefined> => {
    try {
      return (await validation.transform(value, {
        type: 'body',
        metatype: ReportRegistrationDto,
      })) as ReportRegistrationDto;
    } catch {
      return undefined;
    }
  };

  it('passes nothing that the class would refuse, and reads it alike', async () => {
    let passed = 0;
    await assert(
      asyncProperty(oneof({ weight: 9, arbitrary: report }, { weight: 1, arbitrary: object() }), async (value) => {
        if (!isPlainReport(value)) return;
        passed += 1;
        const whole = await byClass(value);
        expect(whole).toBeDefined();
        expect(JSON.parse(JSON.stringify(whole))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
      { numRuns: 5_000 },
    );
    // Else this test would say nothing.
    expect(passed).toBeGreaterThan(50);
  });

  it('passes what apps send', () => {
    const body = { platform: 'desktop', outcome: 'registered', appVersion: '6.3.6', expiresIn: 3600, sequence: 1 };
    const place = { role: 'sbc', host: '192.0.2.10', port: 5061, transport: 'tls' };
    expect(isPlainReport({ ...body, target: place })).toBe(true);
    expect(
      isPlainReport({ platform: 'mobile', outcome: 'failed', sip: { code: 503, reason: '', source: 'client' } }),
    ).toBe(true);
  });

  it('leaves the rest to the class, which says what is wrong or fills in what is missing', async () => {
    const failure = { platform: 'mobile', outcome: 'failed', sip: { code: 503, source: 'client' } };
    expect((await readReport(failure)).sip).toEqual({ code: 503, reason: '', source: 'client' });
    await expect(readReport({ platform: 'tv', outcome: 'ok', more: 1 })).rejects.toMatchObject({
      code: 'invalid_request',
      fields: expect.arrayContaining([
        expect.objectContaining({ field: 'platform' }),
        expect.objectContaining({ field: 'outcome' }),
        expect.objectContaining({ field: 'more' }),
      ]),
    });
  });
});
