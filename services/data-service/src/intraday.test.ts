import { utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { barListSchema, dataHealthSchema, quarantineListSchema } from '@daytrade/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningDataService, startDataService } from './data-service.fixture.ts';

let running: RunningDataService;

/** Sets the clock of a session to a time in Japan and updates. */
async function updateAt(time: string) {
  running.setClock(`2026-11-25T${time}:00+09:00`);
  return (await running.runJob('data-update')).result;
}

async function barsOf(symbol: string, query: string) {
  return barListSchema.parse((await running.get(`/v1/bars/${symbol}?${query}`)).body).bars;
}

const timesOf = (bars: readonly { readonly date: string }[]) => bars.map(({ date }) => date.slice(11, 16));

describe('5-minute bars of the synthetic exchange', () => {
  beforeAll(async () => {
    running = await startDataService('2026-11-25T10:00:00+09:00');
    await running.fetchBars({ provider: 'synthetic', symbols: 4, from: '2026-06-01', fiveMinuteSessions: 10 });
  });
  afterAll(() => running.close());

  const today = 'interval=5m&from=2026-11-25';

  it('are there of the newest sessions, of the running one those that have ended, and no daily bar of it', async () => {
    const bars = await barsOf('0101', 'interval=5m');
    expect(new Set(bars.map(({ date }) => date.slice(0, 10))).size).toBe(10);
    expect(timesOf(await barsOf('0101', today)).at(-1)).toBe('09:55');
    expect((await barsOf('0101', 'from=2026-11-20')).map(({ date }) => date)).toEqual(['2026-11-20', '2026-11-24']);
  });

  it('come with every update, what is missing alone, and with the daily bar when the session is over', async () => {
    const before = await barsOf('0101', today);
    expect(await updateAt('10:05')).toMatchObject({
      updated: [{ source: 'synthetic', barsAdded: 4, barsChanged: 0, intradayBars: 4, rowsQuarantined: 0 }],
    });
    expect(await updateAt('10:05')).toMatchObject({ updated: [{ barsAdded: 0, barsChanged: 0 }] });
    const after = await barsOf('0101', today);
    expect(after.slice(0, -1)).toEqual(before);
    expect(timesOf(after).at(-1)).toBe('10:00');
    await updateAt('15:45');
    expect(timesOf(await barsOf('0101', today)).at(-1)).toBe('15:30');
    expect(await barsOf('0101', 'from=2026-11-25')).toHaveLength(1);
  });
});

describe('a folder of 5-minute files', () => {
  let folder: string;
  beforeAll(async () => {
    running = await startDataService('2026-11-25T10:02:00+09:00');
    folder = await running.folderWith('intraday', {});
  });
  afterAll(() => running.close());

  const row = (day: string, time: string, volume = 100) => `${day} ${time}:00+09:00,2000,2010,1990,2005,${volume}`;
  const today = (time: string) => row('2026-11-25', time);

  /** Writes the file as a vendor does who keeps it up to date, at the time that the clock shows. */
  async function write(time: string, ...rows: readonly string[]) {
    const file = join(folder, '7203.T.csv');
    await writeFile(file, ['timestamp,open,high,low,close,volume', ...rows, ''].join('\n'));
    const at = new Date(`2026-11-25T${time}:00+09:00`);
    for (const path of [file, folder]) await utimes(path, at, at);
  }

  const first = [today('09:50'), today('09:55'), today('10:00')];

  it('keeps out the bar that has not ended, and takes it from the changed file with the next update', async () => {
    await write('10:02', ...first);
    expect((await running.importBars(folder)).result).toMatchObject({
      barsAdded: 2,
      intradayBars: 2,
      rowsQuarantined: 1,
    });
    const kept = async () => quarantineListSchema.parse((await running.get('/v1/quarantine')).body).quarantine;
    expect(await kept()).toMatchObject([{ reason: 'not-over-yet', date: '2026-11-25 10:00:00' }]);
    await write('10:05', ...first, today('10:05'));
    expect(await updateAt('10:06')).toMatchObject({ updated: [{ barsAdded: 1, barsChanged: 0, intradayBars: 1 }] });
    expect(timesOf(await barsOf('7203', 'interval=5m'))).toEqual(['09:50', '09:55', '10:00']);
    expect(await kept()).toMatchObject([{ date: '2026-11-25 10:05:00' }]);
    expect(await updateAt('10:07')).toMatchObject({ updated: [], unchanged: [folder] });
  });

  it('shows sessions that have a daily bar and no 5-minute bar, and none without either', async () => {
    const days = ['2026-11-18', '2026-11-19', '2026-11-24'];
    const daily = ['date,open,high,low,close,volume', ...days.map((day) => `${day},2000,2010,1990,2005,100`), ''];
    await running.importBars(await running.folderWith('daily', { '7203.csv': daily.join('\n') }));
    await write('13:30', row('2026-11-18', '09:00'), row('2026-11-24', '09:00'), ...first);
    await updateAt('13:30');
    const { symbols } = dataHealthSchema.parse((await running.get('/v1/symbols/health')).body);
    expect(symbols).toMatchObject([
      {
        intraday: { missingSessions: 1, gaps: [{ from: '2026-11-19', to: '2026-11-19', sessions: 1 }] },
        concerns: [
          { concern: 'gaps', message: '1 session without a bar, the longest gap 2026-11-20' },
          { concern: 'gaps', message: '1 session without a 5-minute bar, the longest gap 2026-11-19' },
        ],
      },
    ]);
  });
});
