import { readEventTime } from './read-event-time';

describe('readEventTime', () => {
  it.each([
    [1626230691572, '2021-07-14T02:44:51.572Z'],
    ['1626230691572', '2021-07-14T02:44:51.572Z'],
    [1626230691, '2021-07-14T02:44:51.000Z'],
    ['2024-09-08 15:58:40', '2024-09-08T15:58:40.000Z'],
    ['2020-06-17T13:52:28.632Z', '2020-06-17T13:52:28.632Z'],
  ])('reads %p', (value, expected) => expect(readEventTime(value)?.toISOString()).toBe(expected));

  it.each([undefined, null, '', 'yesterday', '2024-13-41 99:99:99', 0, -1, Number.NaN, Infinity, 1e20, {}, true])(
    'makes nothing of %p',
    (value) => expect(readEventTime(value)).toBeUndefined(),
  );
});
