import { afterFailure, NEXT_TARGET_CODES, SAME_TARGET_CODES, STOP_CODES } from './failover';
import { SIP_CODES } from './sip-code-registry';

const CODES = Object.keys(SIP_CODES).map(Number);

describe('afterFailure', () => {
  it.each([408, 500, 502, 503, 504])('moves on after %i, whoever made it', (code) => {
    for (const source of ['registrar', 'client', 'network'] as const)
      expect(afterFailure(code, source)).toBe('next_target');
  });

  it.each([401, 403, 404, 407])(
    'never moves on after a %i of the registrar, nor of an app that passes it on',
    (code) => {
      expect([afterFailure(code, 'registrar'), afterFailure(code, 'client')]).toEqual(['stop', 'stop']);
    },
  );

  it('asks the same target again when it wants a longer registration', () => {
    expect(afterFailure(423, 'registrar')).toBe('same_target');
  });

  it('moves on after whatever came without a SIP answer', () => {
    expect(CODES.map((code) => afterFailure(code, 'network'))).toEqual(CODES.map(() => 'next_target'));
  });

  it('stops after every code that is in no list, registered or not', () => {
    const listed: number[] = [...NEXT_TARGET_CODES, ...SAME_TARGET_CODES, ...STOP_CODES];
    const others = [...CODES, 477, 599, 699].filter((code) => !listed.includes(code));
    expect(others).toHaveLength(66 - 10 + 3);
    for (const code of others) expect([code, afterFailure(code, 'registrar')]).toEqual([code, 'stop']);
  });

  it('has every code in one list only', () => {
    const listed = [...NEXT_TARGET_CODES, ...SAME_TARGET_CODES, ...STOP_CODES];
    expect(new Set(listed).size).toBe(listed.length);
  });
});
