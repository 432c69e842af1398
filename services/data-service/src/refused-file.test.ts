import { barListSchema, quarantineListSchema, symbolListSchema } from '@daytrade/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startDataService } from './data-service.fixture.ts';

const header = 'date,open,high,low,close,volume';
const days = ['06', '07', '08', '09', '10', '14', '15', '16', '17'].map((day) => `2025-01-${day}`);
const csv = (...rows: readonly string[]) => `${[header, ...rows].join('\n')}\n`;
const adjusted = csv(...days.map((day, index) => `${day},987.13,1001.37,980.61,${990.17 + index},100`));
/** A close outside of its day's range is kept out. */
const withFault = `${adjusted}2025-01-20,990.5,991.5,989.5,1005.5,100\n`;

const service = await startDataService('2026-11-25T01:00:00Z');
afterAll(() => service.close());

async function everything() {
  const symbols = symbolListSchema.parse((await service.get('/v1/symbols')).body).symbols;
  const bars = barListSchema.parse((await service.get('/v1/bars/7203')).body).bars;
  const { quarantine } = quarantineListSchema.parse((await service.get('/v1/quarantine')).body);
  return { symbols, bars, quarantine };
}

describe('an import of a file without one good row', () => {
  const slash = csv('06/01/2025,1,1,1,1,1', '07/01/2025,1,1,1,1,1', '08/01/2025,1,1,1,1,1');

  beforeAll(async () => {
    const folder = await service.folderWith('good', {
      '7203.T.csv': withFault,
      'symbols.csv': 'symbol,name\n7203,Toyota\n',
    });
    expect((await service.importBars(folder)).status).toBe('succeeded');
  });

  it.each([
    ['in a folder of its own', 'slash'],
    ['in the place of the good one', 'good'],
  ])('changes nothing of the symbol, %s', async (_, name) => {
    const before = await everything();
    expect(before.symbols).toMatchObject([{ symbol: '7203', name: 'Toyota', priceBasis: 'fully-adjusted', bars: 9 }]);
    expect(before.quarantine.map(({ reason }) => reason)).toContain('close-outside-range');
    const run = await service.importBars(await service.folderWith(name, { '7203.T.csv': slash }));
    expect(run).toMatchObject({ status: 'failed', error: { code: 'data.no-usable-rows' } });
    const after = await everything();
    expect(after.symbols).toEqual(before.symbols);
    expect(after.bars).toEqual(before.bars);
    expect(after.quarantine).toEqual(expect.arrayContaining(before.quarantine));
  });

  it('says the row, what it holds and what is expected, so that no second command is needed', async () => {
    const run = await service.importBars(await service.folderWith('slash', { '7203.T.csv': slash }));
    expect(run.error?.message).toBe(
      'none of the 3 rows is a good bar; date-invalid 3, the first in slash/7203.T.csv line 2: ' +
        'date: "06/01/2025" can be read as 2025-01-06 (day first) or 2025-06-01 (month first); ' +
        'say which by --date-format, as DD/MM/YYYY or MM/DD/YYYY, or write it as YYYY-MM-DD',
    );
  });

  it.each([
    ['swapped', csv('2025-01-06,1,1,2,1,1'), 'found high 1, low 2; are the columns of high and low swapped?'],
    [
      'decimal-commas',
      'date;open;high;low;close;volume\n2025-01-06;884,64;890,1;880,2;885,5;100\n',
      'open: expected a number, got "884,64"; write a decimal point in place of the comma',
    ],
    [
      'clock',
      csv('2027-01-06,1,1,1,1,1'),
      'it was 2026-11-25 10:00 there when the row was read; if that is wrong, set the clock of the data service',
    ],
  ])('says what to do about %s', async (name, text, expected) => {
    const run = await service.importBars(await service.folderWith(name, { '7203.T.csv': text }));
    expect(run.error).toMatchObject({ code: 'data.no-usable-rows', message: expect.stringContaining(expected) });
  });

  it('lists its rows once in the quarantine, however often it is imported, until the file is good', async () => {
    const folder = await service.folderWith('slash', { '7203.T.csv': slash });
    await service.importBars(folder);
    const ofFile = async () => (await everything()).quarantine.filter(({ file }) => file === 'slash/7203.T.csv');
    expect((await ofFile()).map(({ line }) => line)).toEqual([2, 3, 4]);
    await service.folderWith('slash', { '7203.T.csv': adjusted });
    expect((await service.importBars(folder)).status).toBe('succeeded');
    expect(await ofFile()).toEqual([]);
  });
});

it('a file of many symbols is read by the run alone, so that a request never waits for a long one', async () => {
  const run = await service.importBars(await service.folderWith('many', { 'all.csv': withFault }));
  expect(run).toMatchObject({
    status: 'failed',
    error: { message: expect.stringContaining('nor is it a file of several symbols: there is no column of codes') },
  });
});
