import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { dataHealthSchema } from '@daytrade/contracts';
import { parseSymbol, parseTradeDate } from '@daytrade/market';
import { afterAll, describe, expect, it } from 'vitest';
import { startDataService } from './data-service.fixture.ts';

const header = 'date,open,high,low,close,volume';
const bar = (day: string) => `2026-11-${day},2000,2030,1990,2010,1000`;
const bars = (...days: readonly string[]) => [header, ...days.map(bar), ''].join('\n');
const file = () => join(running.folder, 'state', 'bars', 'daily', '2026.parquet');

const running = await startDataService('2026-11-25T01:00:00Z');
afterAll(() => running.close());
const folder = await running.folderWith('daily', {
  '1301.csv': bars('16', '17', '18', '19', '20', '24'),
  '2502.csv': bars('16', '17', '20', '24'),
  '6501.csv': bars('16', '17', '18'),
  '7203.csv': `${bars('16', '17', '18', '20', '24')}2026-11-19,2000,1990,2030,2010,1000\n`,
});
await running.importBars(folder);

const health = async (query = '') => dataHealthSchema.parse((await running.get(`/v1/symbols/health${query}`)).body);

describe('GET /v1/symbols/health', () => {
  it('puts the symbols first that need something, the worst before the others', async () => {
    const { symbols, barsAge } = await health();
    expect(symbols.map(({ symbol, concerns }) => [symbol, concerns.map(({ concern }) => concern)])).toEqual([
      ['2502', ['gaps']],
      ['6501', ['behind']],
      ['7203', ['kept-out']],
      ['1301', []],
    ]);
    expect(barsAge).toMatchObject({ newest: '2026-11-24', sessionsBehind: 0 });
  });

  it('names gaps, and knows of those of which a row was kept out', async () => {
    expect((await health('?symbol=2502')).symbols).toMatchObject([
      {
        gaps: [{ from: '2026-11-18', to: '2026-11-19', sessions: 2 }],
        missingSessions: 2,
        origins: [{ source: 'csv', bars: 4, fetchedAt: '2026-11-25T01:00:00.000Z' }],
        concerns: [
          {
            message: '2 sessions without a bar, the longest gap 2026-11-18 to 2026-11-19',
            remedy: 'get the file of 2502 again and run: daytrade import FOLDER',
          },
        ],
      },
    ]);
    expect((await health('?symbol=72030')).symbols).toMatchObject([
      { gaps: [], missingSessions: 0, explainedSessions: 1, keptOut: [{ reason: 'high-below-low', rows: 1 }] },
    ]);
    expect((await health('?symbol=6501')).symbols).toMatchObject([{ lastDate: '2026-11-18', sessionsBehind: 3 }]);
  });

  it('does not call a symbol behind whose listing ended with its last bar', async () => {
    const span = {
      symbol: parseSymbol('6501'),
      universe: 'listed',
      from: null,
      reason: null,
      source: 'import',
    } as const;
    const endOn = (to: string) =>
      running.stores.universe.change((record) => ({ ...record, spans: [{ ...span, to: parseTradeDate(to) }] }));
    await endOn('2026-11-18');
    expect((await health('?symbol=6501')).symbols).toMatchObject([{ sessionsBehind: 0, concerns: [] }]);
    // It was listed for two sessions more, of which the bars are missing.
    await endOn('2026-11-20');
    expect((await health('?symbol=6501')).symbols).toMatchObject([{ concerns: [{ concern: 'behind' }] }]);
    await running.stores.universe.change((record) => ({ ...record, spans: [] }));
  });

  it('names the damaged file of symbols with bars of its time, first of all', async () => {
    const rows = ['2025-12-30', '2026-11-24'].map((day) => bar('24').replace('2026-11-24', day));
    const folder = await running.folderWith('two years', { '9984.csv': [header, ...rows].join('\n') });
    await running.importBars(folder);
    const earlier = file().replace('2026', '2025');
    const whole = await readFile(earlier);
    await writeFile(earlier, 'no parquet');
    const { symbols } = await health();
    await writeFile(earlier, whole);
    expect(symbols.map(({ concerns }) => concerns[0]?.concern)).toEqual([
      'damaged',
      'gaps',
      'behind',
      'kept-out',
      undefined,
    ]);
    expect(symbols[0]).toMatchObject({ symbol: '9984', lastDate: '2026-11-24', origins: [{ source: 'csv', bars: 1 }] });
    expect(symbols[0]!.damage).toContain(earlier);
  });

  it('counts the 5-minute bars of symbols that have no daily bars', async () => {
    const rows = ['09:00', '09:05'].map((time) => `2026-11-24 ${time}:00+09:00,2000,2030,1990,2010,1000`);
    const text = ['timestamp,open,high,low,close,volume', ...rows].join('\n');
    await running.importBars(await running.folderWith('minutes', { '8306.csv': text }));
    const { symbols } = await health();
    expect(symbols.find(({ symbol }) => symbol === '8306')).toMatchObject({
      bars: 0,
      firstDate: null,
      intraday: { bars: 2, sessions: 1 },
      concerns: [],
    });
  });
});
