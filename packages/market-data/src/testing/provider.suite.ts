import { describe, expect, it } from 'vitest';
import { DataFetcher } from '../fetch/data-fetcher.ts';
import { MemorySinks } from '../fetch/memory-sinks.fixture.ts';
import type { BarProvider } from '../provider.ts';
import { SimulatedClock } from './simulated-clock.ts';

/** Makes the provider anew, as each fetch does; one that reads only what is missing looks into the sinks. */
export type OpenProvider = (sinks: MemorySinks) => Promise<BarProvider>;

/** The instant of every fetch of the suite. */
export const fetchedAt = '2025-06-02T12:00:00Z';

/** Fetches once, on a clock on which waiting takes no time. */
export async function fetchOnce(open: OpenProvider, sinks: MemorySinks, clock = new SimulatedClock(fetchedAt)) {
  const fetcher = new DataFetcher({ sinks, now: clock.now, pause: clock.pause });
  return fetcher.fetch(await open(sinks));
}

/** What every provider does, whatever stands behind it. */
export function describeProvider(name: string, open: OpenProvider): void {
  describe(`${name}: a provider`, () => {
    it('lists the same sources each time, by codes of four characters, and bars of one length once', async () => {
      const [one, other] = await Promise.all([open(new MemorySinks()), open(new MemorySinks())]);
      const { sources } = await one.list();
      expect(sources.length).toBeGreaterThan(1);
      expect((await other.list()).sources).toEqual(sources);
      expect(new Set(sources.map(({ symbol, interval = '' }) => `${symbol} ${interval}`)).size).toBe(sources.length);
      for (const { symbol } of sources) expect(symbol).toMatch(/^[0-9][0-9A-Z][0-9][0-9A-Z]$/);
    });

    it('reads columns of one length, in time order, of the symbol that was asked for', async () => {
      const provider = await open(new MemorySinks());
      for (const source of (await provider.list()).sources) {
        const rows = await provider.read(source);
        expect(rows.master).toMatchObject({ symbol: source.symbol, synthetic: provider.synthetic });
        expect(rows.file).toBe(source.file);
        expect(rows.interval).toBe(source.interval ?? rows.interval);
        const { times, lines, open: opens, high, low, close, volume } = rows;
        expect(times.length).toBeGreaterThan(0);
        for (const column of [lines, opens, high, low, close, volume]) expect(column).toHaveLength(times.length);
        expect([...times]).toEqual([...times].toSorted((a, b) => a - b));
        expect(rows.rowText(0)).not.toBe('');
      }
    });

    it('reads the same again', async () => {
      const provider = await open(new MemorySinks());
      const source = (await provider.list()).sources[0]!;
      const { rowText: _one, ...rows } = await provider.read(source);
      const { rowText: _other, ...again } = await provider.read(source);
      expect(again).toEqual(rows);
    });

    it('adds nothing when it is fetched again', async () => {
      const sinks = new MemorySinks();
      expect((await fetchOnce(open, sinks)).barsAdded).toBeGreaterThan(0);
      const content = structuredClone(sinks.content());
      expect(await fetchOnce(open, sinks)).toMatchObject({ barsAdded: 0, barsChanged: 0, filesRefused: [] });
      expect(sinks.content()).toEqual(content);
    });

    it('ends in the same bars when a fetch is killed at any step and started again', { tags: ['long'] }, async () => {
      const whole = new MemorySinks();
      await fetchOnce(open, whole);
      for (let step = 1; ; step += 1) {
        const sinks = new MemorySinks();
        let steps = 0;
        sinks.beforeStep = () => {
          steps += 1;
          if (steps === step) throw new Error('killed');
        };
        const wasKilled = await fetchOnce(open, sinks).then(
          () => false,
          () => true,
        );
        sinks.beforeStep = () => undefined;
        if (!wasKilled) break;
        await fetchOnce(open, sinks);
        expect(sinks.content()).toEqual(whole.content());
      }
    });
  });
}
