import { pagesAhead } from './pages-ahead';

const LAST = 3;
const nextOf = (page: number): string | undefined => (page < LAST ? String(page + 1) : undefined);

describe('pagesAhead', () => {
  it('fetches one page ahead and no more', async () => {
    const fetched: number[] = [];
    const fetch = (position: string | undefined): Promise<number> => {
      fetched.push(Number(position ?? 0));
      return Promise.resolve(Number(position ?? 0));
    };
    const seen: [number, number][] = [];
    for await (const page of pagesAhead(undefined, fetch, nextOf)) seen.push([page, fetched.length]);
    expect(seen).toEqual([
      [0, 2],
      [1, 3],
      [2, 4],
      [3, 4],
    ]);
  });

  it('hands over the page before a failed one first', async () => {
    const fetch = (position: string | undefined): Promise<number> =>
      position === '2' ? Promise.reject(new Error('down')) : Promise.resolve(Number(position ?? 0));
    const seen: number[] = [];
    const walk = async (): Promise<void> => {
      for await (const page of pagesAhead(undefined, fetch, nextOf)) seen.push(page);
    };
    await expect(walk()).rejects.toThrow('down');
    expect(seen).toEqual([0, 1]);
  });
});
