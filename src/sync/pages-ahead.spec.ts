import { pagesAhead, preparedAhead } from './pages-ahead';

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

describe('preparedAhead', () => {
  it('lets the consumer begin with an item before it prepares the next one', async () => {
    const log: string[] = [];
    async function* items(): AsyncGenerator<number, void, undefined> {
      for (const item of [1, 2, 3]) yield await Promise.resolve(item);
    }
    const prepare = (item: number): Promise<number> => {
      log.push(`prepare ${item}`);
      return Promise.resolve(item);
    };
    for await (const item of preparedAhead(items(), prepare)) {
      // A connection is taken from the pool first.
      for (let turns = 0; turns < 20; turns += 1) await Promise.resolve();
      log.push(`store ${item}`);
      // As long as storing takes, the next one may be prepared.
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    expect(log).toEqual(['prepare 1', 'store 1', 'prepare 2', 'store 2', 'prepare 3', 'store 3']);
  });
});
