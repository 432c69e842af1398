import { instantOf, parseTradeDate } from '@daytrade/market';
import { describe, expect, it } from 'vitest';
import { providerContext } from '../provider-context.fixture.ts';
import { kabuStation, recordedText } from './kabu-station.ts';

const session = parseTradeDate('2025-06-02');
const at = (time: string) => instantOf(session, time);
const bar = (time: string, open: number) => {
  return { begin: at(time), open, high: open + 2, low: open - 2, close: open + 1, volume: 300 };
};
const text = recordedText([
  { symbol: '7203', bars: [bar('09:00', 2_500), bar('09:05', 2_510)], gaps: [{ begin: at('09:10'), reason: 'a cut' }] },
  { symbol: '6758', bars: [], gaps: [{ begin: at('09:00'), reason: 'a cut, "early"' }] },
]);

/** The provider of an upload, with the 5-minute bars that are stored. */
function open(content = text, stored: readonly number[] = []) {
  const asked: unknown[] = [];
  const context = providerContext({
    uploads: (place) => ({
      place,
      list: async () => ({ files: [], oneFile: false }),
      read: async () => new TextEncoder().encode(content),
      readSymbols: async () => undefined,
    }),
    storedIntraday: async (symbol, range) => {
      asked.push([symbol, range]);
      return stored;
    },
  });
  return { provider: kabuStation.open({ provider: 'kabu-station', upload: 'an-upload' }, context), asked };
}

describe('a recording of kabu STATION', () => {
  it('is a row a bar, and a row with the reason of each gap', () => {
    expect(text.split('\n')).toEqual([
      `7203,${at('09:00')},2500,2502,2498,2501,300`,
      `7203,${at('09:05')},2510,2512,2508,2511,300`,
      `7203,${at('09:10')},a cut`,
      `6758,${at('09:00')},"a cut, ""early"""`,
      '',
    ]);
  });

  it('is read back as 5-minute bars and gaps of each symbol', async () => {
    const { provider, asked } = open();
    const { sources, skipped } = await provider.list();
    const file = 'kabu STATION 2025-06-02';
    expect(sources).toEqual(['7203', '6758'].map((symbol) => ({ symbol, interval: '5m', file })));
    expect(skipped).toEqual([]);
    const { rowText, ...rows } = await provider.read(sources[0]!);
    const times = [at('09:00'), at('09:05')];
    const line = (time: string) => at(time) / 300_000;
    expect(rows).toEqual({
      master: expect.objectContaining({ symbol: '7203', name: '7203', synthetic: false }),
      interval: '5m',
      file,
      priceBasis: 'traded',
      times: Float64Array.from(times),
      open: Float64Array.of(2_500, 2_510),
      high: Float64Array.of(2_502, 2_512),
      low: Float64Array.of(2_498, 2_508),
      close: Float64Array.of(2_501, 2_511),
      volume: Float64Array.of(300, 300),
      lines: Int32Array.of(line('09:00'), line('09:05')),
      malformed: [
        {
          line: line('09:10'),
          date: '2025-06-02 09:10:00+09:00',
          reason: 'gap',
          message: 'a cut',
          row: `7203,${at('09:10')},a cut`,
        },
      ],
      rowsWithoutTrade: 0,
    });
    expect(rowText(1)).toBe(`7203,${at('09:05')},2510,2512,2508,2511,300`);
    expect(asked).toEqual([['7203', { from: session, to: session }]]);
    const other = await provider.read(sources[1]!);
    expect([other.times.length, other.malformed.map(({ message }) => message)]).toEqual([0, ['a cut, "early"']]);
  });

  it('has no gap where a bar is stored', async () => {
    const { provider } = open(text, [at('09:10')]);
    const { sources } = await provider.list();
    expect((await provider.read(sources[0]!)).malformed).toEqual([]);
  });

  it('of several days is named by the last row of a symbol, and looks for stored bars of all its days', async () => {
    const before = instantOf(parseTradeDate('2025-05-30'), '15:00');
    const { provider, asked } = open(`7203,${at('09:00')},a cut\n7203,${before},a cut\n`);
    const { sources } = await provider.list();
    expect(sources.map(({ file }) => file)).toEqual(['kabu STATION 2025-05-30']);
    await provider.read(sources[0]!);
    expect(asked).toEqual([['7203', { from: '2025-05-30', to: '2025-06-02' }]]);
  });
});

it('kabu STATION is never fetched by itself: its bars are recorded', async () => {
  const context = providerContext();
  const request = { provider: 'kabu-station', upload: 'an-upload' } as const;
  expect(() => kabuStation.defaults!({}, context.settings)).toThrow('`daytrade record kabu` records its bars');
  expect(kabuStation.lacking!(context.settings)).toContain('expected another provider');
  expect(kabuStation.configured(context.settings)).toBeUndefined();
  expect(kabuStation.repeated(request, context.settings)).toBeUndefined();
  expect(await kabuStation.hasNews(request, 0, context)).toBe(false);
  expect(kabuStation.repair({ symbols: ['7203'], from: undefined }, [])).toEqual([]);
  expect([kabuStation.incremental, kabuStation.listedBeforeRun]).toEqual([false, true]);
});
