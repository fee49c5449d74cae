import { Remembered } from './remembered';

const at = (ms: number): Date => new Date(1_000_000 + ms);

describe('Remembered', () => {
  it('finds once for all who ask within the time, and anew afterwards', async () => {
    const remembered = new Remembered<number>(1_000, 10);
    let count = 0;
    const find = (): Promise<number> => Promise.resolve((count += 1));
    expect(await Promise.all([remembered.get('a', at(0), find), remembered.get('a', at(999), find)])).toEqual([1, 1]);
    expect(await remembered.get('b', at(0), find)).toBe(2);
    expect(await remembered.get('a', at(1_000), find)).toBe(3);
  });

  it('does not remember a failure', async () => {
    const remembered = new Remembered<number>(1_000, 10);
    await expect(remembered.get('a', at(0), () => Promise.reject(new Error('gone')))).rejects.toThrow('gone');
    expect(await remembered.get('a', at(0), () => Promise.resolve(1))).toBe(1);
  });
});
