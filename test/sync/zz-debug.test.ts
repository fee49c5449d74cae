import { Client } from 'pg';
import { SyncHarness } from './sync-harness';
it('times', async () => {
  const sync = await SyncHarness.open();
  const sums = new Map<string, [number, number]>();
  const real = Client.prototype.query as any;
  (Client.prototype as any).query = function (...args: any[]) {
    const t = performance.now();
    const text = (typeof args[0] === 'string' ? args[0] : args[0].text ?? '').replace(/\s+/g, ' ').slice(0, 70);
    const r = real.apply(this, args);
    const done = () => { const s = sums.get(text) ?? [0, 0]; s[0] += performance.now() - t; s[1]++; sums.set(text, s); };
    if (r?.then) r.then(done, done);
    return r;
  };
  const c = await sync.connector();
  sync.fill(50000);
  const t = performance.now();
  const run = await sync.sync(c);
  console.log(run.state, performance.now() - t, sync.lines.join(''));
  console.log([...sums].sort((a, b) => b[1][0] - a[1][0]).slice(0, 12).map(([k, v]) => `${Math.round(v[0])} ms ${v[1]}x ${k}`).join('\n'));
  await sync.close();
}, 200000);
