import { rmSync } from 'node:fs';
import { utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  barListSchema,
  fetchResultSchema,
  problemSchema,
  quarantineListSchema,
  selectionSchema,
  symbolListSchema,
  symbolRemovalSchema,
} from '@daytrade/contracts';
import { jobOf } from '@daytrade/jobs/testing';
import { providers } from '@daytrade/market-data';
import { samplePrediction } from '@daytrade/storage/testing';
import type { InjectOptions } from 'fastify';
import { afterAll, describe, expect, it } from 'vitest';
import { startDataService } from './data-service.fixture.ts';

/** Wednesday 2026-11-25, 10:00 in Japan: the last closed session is 2026-11-24. */
let now = Date.parse('2026-11-25T01:00:00Z');
let predictions = 0;

const running = await startDataService(new Date(now).toISOString());
afterAll(() => running.close());

const setClock = (instant: number) => {
  now = instant;
  running.setClock(new Date(instant).toISOString());
};
const get = async (url: string) => (await running.get(url)).body;
const problem = async (request: string | InjectOptions) =>
  problemSchema.parse((await running.service.inject(request)).json());
const fetchBars = (payload: object) => running.fetchBars(payload);

async function csvFolder(name: string, files: Readonly<Record<string, string>>): Promise<string> {
  const path = await running.folderWith(name, {});
  for (const [file, text] of Object.entries(files)) await write(path, file, text);
  await utimes(path, now / 1_000, now / 1_000);
  return path;
}

/** Writes a file as if at the time of the test's clock. */
async function write(path: string, file: string, text: string): Promise<void> {
  await writeFile(join(path, file), text);
  await utimes(join(path, file), now / 1_000, now / 1_000);
}

/** Three good rows of 2026-11-18 to 20, one with high below low, one on a Saturday. */
const dirty = `date,open,high,low,close,volume
2026-11-18,2000,2030,1990,2010,1000000
2026-11-19,2010,2040,2000,2020,1100000
2026-11-20,2020,2050,2010,2030,1200000
2026-11-21,2030,2060,2020,2040,1300000
2026-11-24,2030,2000,2020,2040,1300000
`;

describe('before anything was fetched', () => {
  it('lists are empty and nothing is selected', async () => {
    expect(symbolListSchema.parse(await get('/v1/symbols')).symbols).toEqual([]);
    expect(selectionSchema.parse(await get('/v1/symbols/selection'))).toMatchObject({
      asOf: null,
      poolSize: 0,
      symbols: [],
    });
    expect(quarantineListSchema.parse(await get('/v1/quarantine'))).toEqual({ total: 0, counts: [], quarantine: [] });
    expect(await problem('/v1/bars/7203')).toMatchObject({
      status: 404,
      code: 'data.symbol-unknown',
      detail: 'symbol 7203 is not known: there are no bars yet',
    });
  });

  it('an update has nothing to do and the service is ready', async () => {
    expect(await running.runJob('data-update')).toMatchObject({
      status: 'succeeded',
      result: { updated: [], unchanged: [], failed: [] },
    });
    expect((await running.service.inject('/readyz')).statusCode).toBe(200);
  });
});

describe('a fetch from the synthetic exchange', () => {
  it('brings bars up to the last closed session, marked as synthetic everywhere', async () => {
    const request = { provider: 'synthetic', symbols: 12, from: '2026-01-05', seed: 7, fiveMinuteSessions: 0 };
    const run = await fetchBars(request);
    expect(run.status).toBe('succeeded');
    expect(fetchResultSchema.parse(run.result)).toMatchObject({
      provider: 'synthetic',
      synthetic: true,
      symbols: 12,
      rowsQuarantined: 0,
    });
    const { symbols } = symbolListSchema.parse(await get('/v1/symbols'));
    expect(symbols).toHaveLength(12);
    for (const symbol of symbols) {
      expect(symbol).toMatchObject({ synthetic: true, priceBasis: 'traded', lastDate: '2026-11-24' });
      expect(symbol.name).toMatch(/^架空/);
    }
    const list = barListSchema.parse(await get('/v1/bars/0101?from=2026-11-20'));
    expect(list).toMatchObject({ symbol: '0101', interval: '1d', synthetic: true });
    expect(list.bars.map(({ date }) => date)).toEqual(['2026-11-20', '2026-11-24']);
  });

  it('selects by the four weighted scores', async () => {
    const selection = selectionSchema.parse(await get('/v1/symbols/selection?count=3'));
    expect(selection).toMatchObject({ asOf: '2026-11-24', windowSessions: 60, poolSize: 12 });
    expect(selection.symbols.length).toBeLessThanOrEqual(3);
    expect(selection.symbols.length + selection.rejected.length).toBe(12);
    const earlier = selectionSchema.parse(await get('/v1/symbols/selection?asOf=2026-06-14'));
    expect(earlier.asOf).toBe('2026-06-12');
  });

  it('says how old its newest bar is, and grows by an update', async () => {
    setClock(Date.parse('2026-11-25T07:00:00Z'));
    const { barsAge } = symbolListSchema.parse(await get('/v1/symbols'));
    expect(barsAge).toEqual({
      newest: '2026-11-24',
      lastFinishedSession: '2026-11-25',
      sessionsBehind: 1,
      daysBehind: 1,
    });
    const { result } = await running.runJob('data-update');
    expect(result?.updated).toEqual([
      { source: 'synthetic', barsAdded: 12, barsChanged: 0, intradayBars: 0, rowsQuarantined: 0 },
    ]);
    expect(symbolListSchema.parse(await get('/v1/symbols')).barsAge).toMatchObject({ sessionsBehind: 0 });
  });
});

describe('a fetch from a folder', () => {
  it('keeps good rows, quarantines bad ones with file, line and reason, and displaces synthetic symbols', async () => {
    const path = await csvFolder('dirty', { '7203.T.csv': dirty, 'notes.csv': 'a,b\n1,2\n' });
    const run = await fetchBars({ provider: 'csv', folder: path });
    expect(fetchResultSchema.parse(run.result)).toMatchObject({
      synthetic: false,
      symbols: 1,
      barsAdded: 3,
      rowsQuarantined: 2,
    });
    const { total, counts, quarantine } = quarantineListSchema.parse(await get('/v1/quarantine?symbol=72030'));
    expect(total).toBe(2);
    expect(counts.map(({ rows }) => rows)).toEqual([1, 1]);
    expect(quarantine.map(({ file, line, date }) => [file, line, date])).toEqual([
      ['dirty/7203.T.csv', 5, '2026-11-21'],
      ['dirty/7203.T.csv', 6, '2026-11-24'],
    ]);
    expect(quarantineListSchema.parse(await get('/v1/quarantine?limit=1&offset=1'))).toMatchObject({
      total: 2,
      quarantine: [{ line: 6 }],
    });
    expect(quarantineListSchema.parse(await get('/v1/quarantine?severity=warning')).total).toBe(0);
    expect(selectionSchema.parse(await get('/v1/symbols/selection'))).toMatchObject({ poolSize: 1 });
  });

  it('marks what it displaced, and counts the age of the real bars alone', async () => {
    const { symbols, barsAge } = symbolListSchema.parse(await get('/v1/symbols'));
    expect(symbols).toHaveLength(13);
    expect(symbols.filter(({ displaced }) => !displaced).map(({ symbol }) => symbol)).toEqual(['7203']);
    expect(barsAge).toMatchObject({ newest: '2026-11-20', sessionsBehind: 2 });
  });
});

describe('a request that is not right', () => {
  const post = (payload: object) => problem({ method: 'POST', url: '/v1/fetches', payload });

  it('names what is wrong with a body', async () => {
    const known = providers.map(({ name }) => `"${name}"`);
    expect((await post({})).detail).toBe(`provider: expected one of ${known.join(', ')}, but it is missing`);
    expect((await post({ provider: 'synthetic', symbols: 0 })).detail).toBe('symbols: expected at least 1, got 0');
    expect((await post({ provider: 'synthetic', from: '2026-03-01', to: '2026-02-01' })).detail).toBe(
      'from: expected a day that is not after "to", 2026-02-01, got "2026-03-01"',
    );
    expect((await post({ provider: 'synthetic', to: '2026-11-30' })).detail).toBe(
      'to: expected a day up to the last closed session, 2026-11-25, got "2026-11-30"',
    );
  });

  it('names a folder that cannot be read before a run begins', async () => {
    expect((await post({ provider: 'csv', folder: 'data/daily' })).detail).toBe(
      'folder: expected an absolute path, got "data/daily"',
    );
    const missing = join(running.folder, 'missing');
    const refused = await post({ provider: 'csv', folder: missing });
    expect(refused).toMatchObject({ status: 400, code: 'data.folder-unreadable' });
    expect(refused.detail).toContain(missing);
    const empty = await post({ provider: 'csv', folder: await csvFolder('empty', {}) });
    expect(empty.detail).toContain('there is no CSV file');
    expect(await running.stores.runs.list({ job: 'fetch', status: 'queued', limit: 10 })).toEqual([]);
  });
});

describe('an update', () => {
  it('reads a changed folder again, and leaves the synthetic bars alone that real ones displaced', async () => {
    setClock(Date.parse('2026-11-26T08:00:00Z'));
    await write(join(running.folder, 'dirty'), '7203.T.csv', `${dirty}2026-11-25,2030,2060,2020,2050,1300000\n`);
    const run = await running.runJob('data-update');
    expect(run).toMatchObject({ status: 'succeeded', result: { failed: [] } });
    expect(run.result?.updated).toEqual([
      { source: join(running.folder, 'dirty'), barsAdded: 1, barsChanged: 0, intradayBars: 0, rowsQuarantined: 2 },
    ]);
    const { symbols } = symbolListSchema.parse(await get('/v1/symbols'));
    expect(symbols.find(({ symbol }) => symbol === '0101')?.lastDate).toBe('2026-11-25');
    expect(symbols.find(({ symbol }) => symbol === '7203')?.lastDate).toBe('2026-11-25');
  });

  it('reports which sources could not be read, and updates the others', async () => {
    const gone = await csvFolder('gone', { '6758.csv': dirty });
    await fetchBars({ provider: 'csv', folder: gone });
    rmSync(gone, { recursive: true });
    const { result } = await running.runJob('data-update');
    expect(result?.failed).toMatchObject([{ source: gone, code: 'data.folder-unreadable' }]);
    expect(result?.updated).toMatchObject([{ source: join(running.folder, 'dirty') }]);
  });

  it('leaves a folder alone in which nothing is newer than its last fetch', async () => {
    setClock(now + 60_000);
    await fetchBars({ provider: 'csv', folder: join(running.folder, 'dirty') });
    const { result } = await running.runJob('data-update');
    expect(result?.unchanged).toEqual([join(running.folder, 'dirty')]);
  });
});

describe('market preparation', () => {
  it('updates, selects the symbols of the day and starts one prediction of all of them', async () => {
    running.queue.register(jobOf('prediction', async () => ({ asked: ++predictions }), { maxAttempts: 1 }));
    const run = await running.runJob('market-preparation');
    expect(run).toMatchObject({ status: 'succeeded', result: { asOf: '2026-11-25' } });
    expect(Object.keys(run.result ?? {})).toEqual([
      'update',
      'indices',
      'asOf',
      'selected',
      'turnover',
      'predictionRun',
    ]);
    const prediction = await running.queue.finished(String(run.result?.predictionRun));
    expect(prediction).toMatchObject({ job: 'prediction', status: 'succeeded' });
    expect(predictions).toBe(1);
  });
});

describe('the metrics', () => {
  it('count bars, closed sessions since the newest one, and quarantined rows by reason', async () => {
    const { body } = await running.service.inject('/metrics');
    expect(body).toMatch(/daytrade_bars_stored\{interval="1d"\} \d{4}/);
    expect(body).toContain('daytrade_bars_stored{interval="5m"} 0');
    expect(body).toContain('daytrade_newest_bar_age_sessions 1');
    expect(body).toMatch(/daytrade_rows_quarantined\{reason="[a-z-]+",severity="quarantined"\} 2/);
  });
});

describe('the removal of the synthetic symbols', () => {
  const remove = (query: string) => running.service.inject({ method: 'DELETE', url: `/v1/symbols${query}` });

  it('must say that they are meant', async () => {
    for (const query of ['', '?synthetic=false']) expect((await remove(query)).statusCode).toBe(400);
    expect(symbolListSchema.parse(await get('/v1/symbols')).symbols.length).toBeGreaterThan(12);
  });

  it('takes their bars, predictions and quarantined rows, and nothing of the real ones', async () => {
    const { symbols: before } = symbolListSchema.parse(await get('/v1/symbols'));
    await running.stores.predictions.save([samplePrediction()]);
    const answer = symbolRemovalSchema.parse((await remove('?synthetic=true')).json());
    const synthetic = before.filter((symbol) => symbol.synthetic);
    expect(answer).toEqual({
      symbols: synthetic.map(({ symbol }) => symbol),
      bars: synthetic.reduce((sum, { bars }) => sum + bars, 0),
      predictions: 1,
      quarantine: 0,
    });
    const { symbols: after } = symbolListSchema.parse(await get('/v1/symbols'));
    expect(after).toEqual(before.filter((symbol) => !symbol.synthetic));
    expect(await running.stores.bars.symbols()).toEqual(after.map(({ symbol }) => symbol));
    expect(await running.stores.predictions.latest(true)).toEqual([]);
    expect(quarantineListSchema.parse(await get('/v1/quarantine?symbol=7203')).total).toBeGreaterThan(0);
  });

  it('can be asked for again, and an update does not bring them back', async () => {
    expect((await remove('?synthetic=true')).json()).toMatchObject({ symbols: [], bars: 0 });
    await running.runJob('data-update');
    const { symbols } = symbolListSchema.parse(await get('/v1/symbols'));
    expect(symbols.filter((symbol) => symbol.synthetic)).toEqual([]);
  });
});

describe('what is read again and again', () => {
  it('is kept, and is new at once after what changed it', async () => {
    const symbols = async () => symbolListSchema.parse(await get('/v1/symbols')).symbols.length;
    const before = await symbols();
    expect((await running.service.inject('/v1/symbols')).headers.age).toBe('0');
    const bars = 'date,open,high,low,close,volume\n2026-11-18,2000,2030,1990,2010,1000000\n';
    await fetchBars({ provider: 'csv', folder: await csvFolder('one-more', { '9984.T.csv': bars }) });
    expect(await symbols()).toBe(before + 1);
    const closes = async () => barListSchema.parse(await get('/v1/bars/9984')).bars.map(({ close }) => close);
    expect([await closes(), await closes()]).toEqual([[2010], [2010]]);
    const mended = await csvFolder('mended', { '9984.T.csv': bars.replace('2010', '2020') });
    await fetchBars({ provider: 'csv', folder: mended });
    expect(await closes()).toEqual([2020]);
  });
});
