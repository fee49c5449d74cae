import { checkMoves, IllegalTransitionError, MOVES, transition } from './transition';
import { USER_STATUSES, type UserStatus } from './user-status';

const LEGAL = new Set([
  'pending>inactive',
  'pending>removed',
  'inactive>registered',
  'inactive>sip_error',
  'inactive>pending',
  'inactive>removed',
  'registered>inactive',
  'registered>sip_error',
  'registered>pending',
  'registered>removed',
  'sip_error>registered',
  'sip_error>inactive',
  'sip_error>pending',
  'sip_error>removed',
  'removed>pending',
  'removed>inactive',
]);

const NOBODY_ENTERS: Record<UserStatus, readonly UserStatus[]> = {
  pending: ['inactive'],
  inactive: ['pending'],
  registered: ['inactive'],
  sip_error: ['inactive'],
  removed: ['pending'],
};

describe('transition', () => {
  const pairs = USER_STATUSES.flatMap((from) => USER_STATUSES.map((to): [UserStatus, UserStatus] => [from, to]));

  it.each(pairs)('%s → %s', (from, to) => {
    if (from === to || LEGAL.has(`${from}>${to}`)) expect(transition(from, to)).toBe(to);
    else expect(() => transition(from, to)).toThrow(IllegalTransitionError);
  });

  it.each([
    ['to itself', { ...MOVES, pending: ['pending', 'inactive'] as UserStatus[] }],
    ['twice', { ...MOVES, pending: ['inactive', 'inactive'] as UserStatus[] }],
    ['no move leaves', { ...MOVES, pending: [] }],
    ['no move reaches', NOBODY_ENTERS],
  ])('refuses a table that moves %s', (complaint, table) => {
    expect(() => checkMoves(table)).toThrow(complaint);
  });
});
