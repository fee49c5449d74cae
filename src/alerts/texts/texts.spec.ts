import { ALERT_KINDS } from '../alert-kinds';
import { ALERT_REASONS } from '../alert-reasons';
import { describeAlert } from './texts';

const cases = ALERT_KINDS.flatMap((kind) =>
  [null, ...ALERT_REASONS, 'brand_new'].flatMap((reason) =>
    ([null, 'zoom', 'cloudlink'] as const).flatMap((provider) =>
      [null, 'jörg@example.com'].flatMap((admin) =>
        [true, false].map((mustAct) => ({
          kind,
          reason,
          provider,
          admin,
          formerAdmin: admin,
          mustAct,
        })),
      ),
    ),
  ),
);

describe.each(['en', 'de'] as const)('the texts in %s', (language) => {
  it('are whole, clean sentences for every kind, reason, side and admin', () => {
    for (const facts of cases) {
      const text = describeAlert(facts, language);
      expect(text.title).toMatch(/^[A-ZÄÖÜ][^.]*[a-zA-Z]$/);
      for (const words of [text.body, text.nextStep]) {
        expect(words).toMatch(/^[A-Zj].*\.$/u);
        expect(words).not.toMatch(/undefined|null| {2}|\.\.| \./);
      }
    }
  });

  it('name the admin and quote a code that has no words', () => {
    const facts = {
      kind: 'grant.dead',
      reason: 'brand_new',
      provider: 'zoom',
      admin: 'jörg@example.com',
      formerAdmin: null,
    } as const;
    const { body } = describeAlert({ ...facts, mustAct: true }, language);
    expect(body).toContain('jörg@example.com');
    expect(body).toContain('brand_new');
  });

  it('say of the admin before why their grant ended, and of the new one that it has taken over', () => {
    const { body } = describeAlert(
      {
        kind: 'grant.switched',
        reason: 'user_left',
        provider: 'zoom',
        admin: 'new@example.com',
        formerAdmin: 'old@example.com',
        mustAct: false,
      },
      language,
    );
    expect(body).toMatch(/old@example\.com (is no longer|gehört nicht mehr)/);
    expect(body).not.toMatch(/new@example\.com (is no longer|gehört nicht mehr)/);
    expect(body).toContain('new@example.com');
  });

  it('say whether something is to be done', () => {
    const facts = { kind: 'grant.dead', reason: null, provider: 'zoom', admin: null, formerAdmin: null } as const;
    const must = describeAlert({ ...facts, mustAct: true }, language);
    const need = describeAlert({ ...facts, mustAct: false }, language);
    expect(must.nextStep).not.toBe(need.nextStep);
    expect(must.body).toMatch(/only syncing pauses|nur der Abgleich pausiert/);
    expect(need.body).toMatch(/syncing goes on|Abgleich läuft weiter/);
  });

  it.each([
    [0, 'expires in less than a day', 'läuft in weniger als einem Tag ab'],
    [1, 'expires in a day', 'läuft in einem Tag ab'],
    [12, 'expires in 12 days', 'läuft in 12 Tagen ab'],
  ])('say whose certificate ends, and when: %d days left', (daysLeft, english, german) => {
    const facts = { reason: null, provider: null, admin: null, formerAdmin: null, mustAct: false } as const;
    const details = { target: 'sbc.example.com:5061', subject: 'CN=sbc', daysLeft, endsOn: '2026-02-03' };
    const { title, body, nextStep } = describeAlert(
      { ...facts, kind: 'target.certificate_expiring', details },
      language,
    );
    expect(title).toContain('sbc.example.com:5061');
    expect(title).toContain(language === 'en' ? english : german);
    expect(body).toContain('CN=sbc');
    expect(body).toContain('2026-02-03');
    for (const words of [body, nextStep]) expect(words).toMatch(/^[A-Z].*\.$/);
  });
});
