import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { currentTraces, noteTraces, plainTrace, withTraces } from './trace-scope';

const zoom = (id: string): void => noteTraces({ 'x-zm-trackingid': id });
const mitel = (id: string): void => noteTraces({ 'x-mitel-correlation-id': id });

describe('withTraces', () => {
  it('remembers the newest id of each provider, across awaits', async () => {
    await withTraces(async () => {
      zoom('z1');
      mitel('m1');
      await sleep(1);
      zoom('z2');
      noteTraces({});
      expect(currentTraces()).toEqual({ zoomTrackingId: 'z2', mitelCorrelationId: 'm1' });
    });
  });

  it('switches the hooks of the process off when the last scope ends, also by an error, and never before', async () => {
    const disable = jest.spyOn(AsyncLocalStorage.prototype, 'disable');
    try {
      const short = withTraces(() => sleep(5));
      const long = withTraces(async () => {
        zoom('kept');
        await sleep(20);
        expect(currentTraces().zoomTrackingId).toBe('kept');
        throw new Error('failed');
      });
      await short;
      expect(disable).not.toHaveBeenCalled();
      await expect(long).rejects.toThrow('failed');
      expect(disable).toHaveBeenCalledTimes(1);
      await withTraces(async () => {
        zoom('again');
        await sleep(1);
        expect(currentTraces().zoomTrackingId).toBe('again');
      });
    } finally {
      disable.mockRestore();
    }
  });

  it('knows nothing outside', () => {
    zoom('z1');
    expect(currentTraces()).toEqual({ zoomTrackingId: null, mitelCorrelationId: null });
  });

  it('keeps work that runs side by side apart', async () => {
    const work = (id: string): Promise<string | null> =>
      withTraces(async () => {
        zoom(id);
        await sleep(2);
        return currentTraces().zoomTrackingId;
      });
    expect(await Promise.all([work('a'), work('b'), work('c')])).toEqual(['a', 'b', 'c']);
  });

  it('starts with what the scope around it knows and tells it what it learns, but hears of nothing beside it', async () => {
    await withTraces(async () => {
      zoom('outer');
      const inner = withTraces(async () => {
        const first = currentTraces().zoomTrackingId;
        mitel('inner');
        await sleep(2);
        return [first, currentTraces()];
      });
      zoom('beside');
      expect(await inner).toEqual(['outer', { zoomTrackingId: 'outer', mitelCorrelationId: 'inner' }]);
      expect(currentTraces()).toEqual({ zoomTrackingId: 'beside', mitelCorrelationId: 'inner' });
    });
  });
});

describe('plainTrace', () => {
  it.each([
    ['v=2.0;clid=us02;rid=WEB_1', 'v=2.0;clid=us02;rid=WEB_1'],
    ['x'.repeat(200), 'x'.repeat(200)],
    ['x'.repeat(201), null],
    ['', null],
    ['two words', null],
    ['line\nbreak', null],
    ['ümlaut', null],
    [undefined, null],
    [null, null],
  ])('%j → %j', (value, kept) => {
    expect(plainTrace(value)).toBe(kept);
  });
});
