import { orderTargets } from './order-targets';
import type { RegistrationTarget } from './parse-target';
import { PLACES } from './place-of';
import { planRegistration, type RegistrationFacts } from './plan-registration';

const TARGETS: RegistrationTarget[] = [
  { role: 'pbx', host: '10.0.0.5', port: 5060, transport: 'tcp' },
  { role: 'sbc', host: '192.0.2.10', port: 5061, transport: 'tls' },
];
const facts = (changes: Partial<RegistrationFacts>): RegistrationFacts => ({
  platform: 'desktop',
  place: 'remote',
  targets: TARGETS,
  teleworkerLicences: 2,
  zoomPhone: null,
  mobileCalling: true,
  ...changes,
});

describe('planRegistration', () => {
  it.each([
    [null, 2],
    [0, 2],
    [1, 1],
    [2, 2],
    [3, 2],
  ])('with %p Teleworker licences lets %i devices register at once', (teleworkerLicences, deviceLimit) => {
    for (const platform of ['desktop', 'mobile'] as const)
      for (const place of PLACES)
        expect(planRegistration(facts({ platform, place, teleworkerLicences }))).toMatchObject({ deviceLimit });
  });

  it.each([true, false, null])(
    'tells users apart whose Zoom Phone licence is %p, and registers them alike',
    (zoomPhone) => {
      for (const platform of ['desktop', 'mobile'] as const)
        for (const place of PLACES) {
          const { hybrid, targets } = planRegistration(facts({ platform, place, zoomPhone }));
          expect(hybrid).toBe(zoomPhone);
          expect(targets).toEqual(orderTargets(TARGETS, platform, place));
        }
    },
  );

  it.each([
    [TARGETS, true],
    [TARGETS.slice(0, 1), false],
    [TARGETS.slice(1), true],
    [[], false],
  ])('of %j says whether a mobile has a place: %p', (targets, mobile) => {
    for (const platform of ['desktop', 'mobile'] as const)
      for (const place of PLACES)
        expect(planRegistration(facts({ platform, place, targets }))).toMatchObject({ mobile });
  });

  it('has nothing for a mobile where the customer wants none, and the same for a desktop', () => {
    const off = planRegistration(facts({ mobileCalling: false }));
    expect(off).toEqual({ ...planRegistration(facts({})), mobile: false });
  });

  it('asks for an hour', () => {
    expect(planRegistration(facts({})).expires).toBe(3600);
  });
});
