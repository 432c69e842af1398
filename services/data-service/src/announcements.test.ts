import { announcementImportSchema, announcementListSchema } from '@daytrade/contracts';
import { dayNumber, parseSymbol, parseTradeDate } from '@daytrade/market';
import { sampleSymbol } from '@daytrade/storage/testing';
import { afterAll, describe, expect, it } from 'vitest';
import { startDataService } from './data-service.fixture.ts';

const running = await startDataService('2025-11-20T00:00:00Z');
afterAll(() => running.close());
const symbols = ['143A', '7203'].map((code) => sampleSymbol({ symbol: parseSymbol(code), name: `name of ${code}` }));
await running.stores.symbols.upsertMany(symbols);

async function put(text: string, query = 'file=results.csv') {
  const answer = await running.put(`/v1/symbols/announcements/file?${query}`, text);
  return announcementImportSchema.parse(answer.json());
}
const list = async (query = '') =>
  announcementListSchema.parse((await running.get(`/v1/symbols/announcements${query}`)).body);

const header = 'code,date,kind,known_since,last_listed\n';
const file = `${header}143A,2025-11-10,第２,2025-10-06T01:39,2025-11-04T01:45
143A,2025-11-14,第２,2025-11-05T01:46,2025-11-19T01:54
130A,2025-11-28,第３,2025-10-06T01:39,2025-11-19T01:54
`;

describe('PUT /v1/symbols/announcements/file', () => {
  it('writes nothing in a dry run, or with a bad row, which it names', async () => {
    const counts = { file: 'results.csv', rows: 3, symbols: 2, days: 3, added: 3, moved: 1 };
    expect(await put(file, 'file=results.csv&dryRun=true')).toMatchObject({ ...counts, dryRun: true, written: false });
    const bad = await put(`${file}7203,soon,第２,,\n`);
    expect(bad).toMatchObject({
      written: false,
      faults: [{ line: 5, message: expect.stringMatching(/^results.csv line 5: date: expected/) }],
    });
    expect(await running.stores.announcements.symbols()).toEqual(new Set());
  });

  it('takes the days, each from when it was known, and the same file again changes nothing', async () => {
    expect(await put(file)).toMatchObject({ written: true, added: 3, firstDate: '2025-11-10', lastDate: '2025-11-28' });
    expect(await put(file)).toMatchObject({ written: true, added: 0 });
    const [days, none] = await running.stores.announcements.calendar(['143A', '7203'].map((code) => parseSymbol(code)));
    const instant = Date.parse;
    expect(days).toEqual([
      {
        day: dayNumber(parseTradeDate('2025-11-10')),
        knownSince: instant('2025-10-06T01:39+09:00'),
        knownUntil: instant('2025-11-05T01:46+09:00'),
      },
      { day: dayNumber(parseTradeDate('2025-11-14')), knownSince: instant('2025-11-05T01:46+09:00') },
    ]);
    expect(none).toBeUndefined();
  });
});

describe('GET /v1/symbols/announcements', () => {
  it('has the days that stand, of symbols with bars', async () => {
    const announcement = { symbol: '143A', name: 'name of 143A', date: '2025-11-14', kind: 'planned', time: null };
    const knownSince = '2025-11-04T16:46:00.000Z';
    expect(await list()).toEqual({ announcements: [{ ...announcement, knownSince }] });
    expect((await list('?from=2025-11-15&to=2025-11-30')).announcements).toEqual([]);
  });
});
