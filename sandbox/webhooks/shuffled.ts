import { createHash } from 'node:crypto';

/**
 * The items in another order, the same for the same seed and number of items. Two items or more never come back as they
 * were: a shuffle that changes nothing would prove nothing.
 */
export function shuffled<T>(items: readonly T[], seed: string): T[] {
  const keyed = items.map((item, place) => ({
    item,
    key: createHash('sha256').update(`${seed}|shuffle|${place}`).digest('hex'),
  }));
  const mixed = keyed.sort((a, b) => (a.key < b.key ? -1 : 1)).map(({ item }) => item);
  const isSame = mixed.every((item, place) => item === items[place]);
  return isSame ? [...mixed.slice(1), ...mixed.slice(0, 1)] : mixed;
}
