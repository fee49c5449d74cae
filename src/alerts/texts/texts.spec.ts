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
});
