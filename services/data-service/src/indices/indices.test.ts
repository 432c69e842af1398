import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { indexImportSchema, indexListSchema, problemSchema } from '@daytrade/contracts';
import type { Answers } from '@daytrade/market-data/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWithJQuants } from '../data-service.fixture.ts';

/** Wednesday 2026-11-25, 08:30 in Japan. */
const instant = '2026-11-24T23:30:00Z';
let running: Awaited<ReturnType<typeof startWithJQuants>>;
let folder: string;

/** TOPIX as J-Quants sends it: what is asked for, two days at most. */
const topix = [
  { Date: '2026-11-20', O: 3300, H: 3310, L: 3290, C: 3305.5 },
  { Date: '2026-11-24', O: 3300, H: 3310, L: 3290, C: 3312.25 },
];

beforeAll(async () => {
  const answers: Answers = ({ path, query }) => {
    if (!path.endsWith('/indices/bars/daily/topix')) return { status: 404, body: '{}' };
    const rows = topix.filter(({ Date: date }) => date >= (query.from ?? '') && date <= (query.to ?? '9999'));
    return { body: JSON.stringify({ data: rows }) };
  };
  folder = await mkdtemp(join(tmpdir(), 'indices-'));
  running = await startWithJQuants(instant, answers, { DAYTRADE_INDEX_FOLDER: folder });
});
afterAll(async () => {
  await running.close();
  await rm(folder, { recursive: true });
});

const put = (name: string, text: string, query = 'file=x.csv') =>
  running.put(`/v1/indices/${name}/file?${query}`, text);
const list = async () => indexListSchema.parse((await running.get('/v1/indices')).body).indices;
const of = async (name: string) => (await list()).find((entry) => entry.name === name);
const file = 'date,close\n2026-11-20,100\n2026-11-21,100\n2026-11-23,101\n';

describe('PUT /v1/indices/{name}/file', () => {
  it('writes nothing in a dry run, and says what it would do', async () => {
    const answer = await put('nasdaq', file, 'file=ndq.csv&dryRun=true');
    expect(indexImportSchema.parse(answer.json())).toEqual({
      name: 'nasdaq',
      file: 'ndq.csv',
      dryRun: true,
      rowsRead: 3,
      valuesAdded: 2,
      valuesChanged: 0,
      valuesUnchanged: 0,
      rowsOutsideCalendar: 0,
      keptOut: [
        {
          line: 3,
          reason: 'market-closed',
          message: 'ndq.csv line 3: 2026-11-21: the market was closed (Saturday)',
        },
      ],
      firstDate: '2026-11-20',
      lastDate: '2026-11-23',
    });
    expect(await of('nasdaq')).toMatchObject({ state: 'absent', values: 0, expected: '2026-11-24' });
  });

  it('takes the good values, and the same file again changes nothing', async () => {
    expect((await put('nasdaq', file)).json()).toMatchObject({ valuesAdded: 2, dryRun: false });
    expect((await put('nasdaq', file)).json()).toMatchObject({ valuesAdded: 0, valuesUnchanged: 2 });
    expect(await of('nasdaq')).toMatchObject({
      state: 'behind',
      values: 2,
      lastDate: '2026-11-23',
      source: 'x.csv',
      synthetic: false,
      inUse: true,
    });
    expect((await put('nasdaq', 'date,close\n2026-11-24,99\n')).json()).toMatchObject({ valuesAdded: 1 });
    expect(await of('nasdaq')).toMatchObject({ state: 'known', values: 3 });
    expect((await running.stores.indices.values({ name: 'nasdaq', synthetic: false })).slice(-2)).toMatchObject([
      { value: 101 },
      { date: '2026-11-24', value: 99 },
    ]);
  });

  it('refuses a file that is named for a stock of Tokyo', async () => {
    const named = problemSchema.parse((await put('nasdaq', file, 'file=1332.T.csv')).json());
    expect(named).toMatchObject({
      code: 'data.file-unreadable',
      detail: '1332.T.csv: it is named for the symbol 1332; import its bars without --index, or name it for nasdaq',
    });
  });

  it.each([
    ['dow', file, 'input.invalid', /expected one of "nasdaq", "sp500"/],
    ['nasdaq', 'a,b\n1,2\n', 'data.file-unreadable', /x.csv: line 1: the header is "a,b", expected date,close/],
    ['nasdaq', 'date,close\n2026-11-21,5\n', 'data.no-usable-rows', /no row is a value of nasdaq; the first, line 2/],
  ])('refuses %s with %j', async (name, text, code, detail) => {
    const problem = problemSchema.parse((await put(name, text)).json());
    expect(problem.code).toBe(code);
    expect(problem.detail).toMatch(detail);
  });
});

it('market-preparation reads the folder, asks J-Quants for TOPIX, and says what it knows and what it lacks', async () => {
  await writeFile(join(folder, 'usdjpy.csv'), 'date,close\n2026-11-24,150.5\n');
  await writeFile(join(folder, 'vix.csv'), 'what is this\n');
  const prepare = async () => (await running.runJob('market-preparation')).result;
  const before = await prepare();
  expect(before).toMatchObject({
    indices: {
      known: [{ name: 'nasdaq' }, { name: 'usdjpy', lastDate: '2026-11-24' }, { name: 'topix' }],
      absent: ['sp500', 'vix', 'nikkei225'],
      updated: [{ name: 'topix', source: 'jquants', values: 2 }],
      failed: [{ source: folder, code: 'data.file-unreadable' }],
    },
  });
  await writeFile(join(folder, 'vix.csv'), 'date,close\n2026-11-23,15\n');
  expect(await prepare()).toMatchObject({
    indices: {
      behind: [{ name: 'vix', lastDate: '2026-11-23', expected: '2026-11-24' }],
      absent: ['sp500', 'nikkei225'],
      updated: [
        { name: 'usdjpy', values: 0 },
        { name: 'vix', source: folder, values: 1 },
      ],
      failed: [],
    },
  });
  // TOPIX of the newest session is there: J-Quants is not asked again.
  expect(running.server.requests.filter(({ path }) => path.includes('topix')).length).toBe(1);
});
