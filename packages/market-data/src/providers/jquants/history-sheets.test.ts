import { parseTradeDate } from '@daytrade/market';
import { describe, expect, it, onTestFinished } from 'vitest';
import { DataFetcher } from '../../fetch/data-fetcher.ts';
import { MemorySinks } from '../../fetch/memory-sinks.fixture.ts';
import { jquantsStandIn, type StandInOptions, type WireRow, withSplit } from '../../testing/jquants-stand-in.ts';
import { fetchedAt, fetchOnce } from '../../testing/provider.suite.ts';
import { type Answers, type ReplayReply, type ReplayRequest, startReplayServer } from '../../testing/replay-server.ts';
import { SimulatedClock } from '../../testing/simulated-clock.ts';
import type { JQuantsPriceBasis } from './daily-rows.ts';
import { type OpenJQuantsOptions, openJQuants } from './open-jquants.fixture.ts';

const apiKey = 'a-key-that-nobody-may-see';
const range = { from: parseTradeDate('2024-12-10'), to: parseTradeDate('2025-03-06') };
/** December to February, and three days of March: 1 + 3 + 4 requests instead of 30. */
const files = { from: '2024-12-02', to: '2025-03-05' };
const symbols = 30;
const isOfBars = ({ path }: ReplayRequest) => !/calendar|summary/.test(path);
const isFile = ({ path }: ReplayRequest) => path.startsWith('/files/');

const change = (rows: readonly WireRow[]) =>
  [withSplit('01030', '2025-02-03', 0.2), withSplit('01040', '2025-01-20', 10)].reduce(
    (before, next) => next(before),
    rows,
  );

async function setUp(more: Partial<StandInOptions> = {}, disturb: (answers: Answers) => Answers = (same) => same) {
  const server = await startReplayServer(
    disturb(jquantsStandIn({ symbols, ...range, from: files.from, apiKey, files, change, ...more })),
  );
  onTestFinished(() => server.close());
  const sinks = new MemorySinks();
  const open = (options: Partial<OpenJQuantsOptions>, clock: SimulatedClock) =>
    openJQuants({ url: server.url, clock, apiKey, range, ...options });
  const fetch = (options: Partial<OpenJQuantsOptions> = {}, clock = new SimulatedClock(fetchedAt)) =>
    fetchOnce(open(options, clock), sinks, clock);
  return { sinks, server, open, fetch };
}

/** What symbol by symbol brings: fetched once for each basis of prices. */
const fetchedOneByOne = new Map<JQuantsPriceBasis, Promise<MemorySinks>>();

async function oneByOne(priceBasis: JQuantsPriceBasis = 'split-adjusted'): Promise<MemorySinks> {
  const fetching = fetchedOneByOne.get(priceBasis) ?? fetchOneByOne(priceBasis);
  fetchedOneByOne.set(priceBasis, fetching);
  return await fetching;
}

async function fetchOneByOne(priceBasis: JQuantsPriceBasis): Promise<MemorySinks> {
  const { sinks, fetch } = await setUp({ files: undefined });
  await fetch({ priceBasis });
  return sinks;
}

/** The first answer that is meant is another one. */
function once(isMeant: (request: ReplayRequest) => boolean, fault: (reply: ReplayReply) => ReplayReply) {
  let faults = 0;
  return (answers: Answers): Answers =>
    (request) => {
      const reply = answers(request);
      if (!isMeant(request) || faults > 0) return reply;
      faults += 1;
      return fault(reply);
    };
}

describe('the history of many symbols', () => {
  it.each(['split-adjusted', 'traded'] as const)('is the same out of files of months: %s', async (priceBasis) => {
    const { sinks, server, fetch } = await setUp();
    expect(await fetch({ priceBasis })).toMatchObject({ symbols, filesRefused: [] });
    const other = await oneByOne(priceBasis);
    expect(sinks.content()).toEqual(other.content());
    expect([...sinks.storedFactors]).toEqual([
      ['0103 2025-02-03 split 2025-02-03', expect.objectContaining({ value: 0.2, source: 'jquants' })],
      ['0104 2025-01-20 split 2025-01-20', expect.objectContaining({ value: 10 })],
    ]);
    const asked = server.requests
      .filter(isOfBars)
      .map(({ path, query }) => (isFile({ path } as ReplayRequest) ? 'file' : query));
    expect(asked).toHaveLength(2 + 2 * 3 + 4);
    expect(asked).not.toContainEqual(expect.objectContaining({ code: expect.anything() }));
    // The days of the month that is not over.
    const days = ['2025-03-03', '2025-03-04', '2025-03-05', range.to];
    expect(asked.slice(-4)).toEqual(days.map((date) => ({ date })));
  });

  it('sends no key to the place of a file', async () => {
    const { server, fetch } = await setUp();
    await fetch();
    for (const request of server.requests) {
      expect(request.headers['x-api-key']).toBe(isFile(request) ? undefined : apiKey);
    }
  });

  it('is asked for symbol by symbol where these are fewer, and where prices are adjusted up to an earlier day', {
    tags: ['long'],
  }, async () => {
    const few = await setUp({ symbols: 6 });
    await few.fetch();
    const earlier = await setUp();
    await earlier.fetch({ isToNewest: false });
    for (const { server } of [few, earlier]) expect(server.requests.some(isFile)).toBe(false);
  });

  it.each<[string, (reply: ReplayReply) => ReplayReply]>([
    ['is cut off', (reply) => ({ ...reply, fault: 'cut off' })],
    ['ends early', ({ body }) => ({ body: Buffer.from(body).subarray(0, 200) })],
    ['is no longer at its address', () => ({ status: 403, body: '<Error/>' })],
    ['never ends', (reply) => ({ ...reply, fault: 'silent' })],
    ['comes too late', () => ({ status: 503, body: '' })],
  ])('loses nothing where a file %s, once', { tags: ['long'] }, async (_, fault) => {
    const { sinks, server, fetch } = await setUp({}, once(isFile, fault));
    expect(await fetch()).toMatchObject({ symbols, filesRefused: [] });
    expect(sinks.content()).toEqual((await oneByOne()).content());
    expect(server.requests.filter(isFile)).toHaveLength(4);
  });

  it.each<[string, (request: ReplayRequest) => boolean, ReplayReply]>([
    ['a file is damaged', isFile, { body: Buffer.from([0x1f, 0x8b, 8, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]) }],
    ['a file is another table', isFile, { body: 'Name,Size\na,1\n' }],
    [
      'a file is somewhere else, in clear',
      ({ path }) => path.endsWith('/bulk/get'),
      { body: '{"url":"http://192.0.2.1/a"}' },
    ],
    ['a file has no address', ({ path }) => path.endsWith('/bulk/get'), { body: '{}' }],
    [
      'the plan has no files',
      ({ path }) => path.endsWith('/bulk/list'),
      { status: 403, body: '{"message":"not on your plan"}' },
    ],
  ])('comes symbol by symbol where %s', async (_, isMeant, reply) => {
    const { sinks, fetch } = await setUp({}, (answers) => (request) => (isMeant(request) ? reply : answers(request)));
    expect(await fetch()).toMatchObject({ symbols, filesRefused: [] });
    expect(sinks.content()).toEqual((await oneByOne()).content());
  });

  it('keeps a row out that is none in form, as it does otherwise', async () => {
    const broken = (rows: readonly WireRow[]) =>
      rows.map((row) =>
        row.Code === '01010' && row.Date === '2025-01-15' ? { ...row, C: 'much', AdjC: 'much' } : row,
      );
    const { sinks, fetch } = await setUp({ change: broken });
    expect(await fetch()).toMatchObject({ rowsQuarantined: 1, symbols });
    expect([...sinks.entries.values()].flat()).toMatchObject([{ reason: 'not-a-number', date: '2025-01-15' }]);
  });

  it('ends in the same bars when it is killed while symbols are stored, and started again', async () => {
    const { sinks, fetch } = await setUp();
    let steps = 0;
    sinks.beforeStep = () => {
      steps += 1;
      if (steps === 20) throw new Error('killed');
    };
    await expect(fetch()).rejects.toThrow('killed');
    sinks.beforeStep = () => undefined;
    await fetch();
    expect(sinks.content()).toEqual((await oneByOne()).content());
  });

  it('says which file it is at, that it waits, and how long the rest takes by the limit', async () => {
    const { open } = await setUp(
      { pageSize: 40 },
      once(
        ({ path }) => path.endsWith('/bulk/list'),
        () => ({ status: 429, body: '{}' }),
      ),
    );
    const clock = new SimulatedClock(fetchedAt);
    const sinks = new MemorySinks();
    const plan = {
      name: 'slow',
      requestsPerMinute: 2,
      delayDays: 0,
      historyYears: 5,
      hasFiles: true,
      hasTopix: true,
      hasDividends: false,
    };
    const provider = await open({ plan }, clock)(sinks);
    const told: [string | null, number | null][] = [];
    const fetcher = new DataFetcher({ sinks, now: clock.now, pause: clock.pause });
    await fetcher.fetch(provider, {
      onProgress: ({ activity, remainingSeconds }) => told.push([activity, remainingSeconds]),
    });
    const words = told.map(([activity]) => activity);
    expect(words).toContain('waits 120 s since J-Quants had too many requests');
    expect(words).toContain('file 1 of 3');
    const [, left] = told.find(([activity]) => activity === 'file 3 of 3')!;
    const [, leftAtFirst] = told.find(([activity]) => activity === 'file 1 of 3')!;
    expect(leftAtFirst).toBeGreaterThan(120);
    expect(left ?? 0).toBeLessThan(leftAtFirst!);
    expect(
      words.filter((text) => text?.startsWith('waits') === true && text.endsWith('a minute')).length,
    ).toBeGreaterThan(1);
  });
});
