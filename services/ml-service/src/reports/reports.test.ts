import { accuracySchema, dailyReportSchema, type Run, reportListSchema } from '@daytrade/contracts';
import { dayNumber, instantOf, parseTradeDate, previousSession } from '@daytrade/market';
import { binomialBand } from '@daytrade/report';
import { sampleInDayPrediction, samplePrediction } from '@daytrade/storage/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addSymbol, madeBars, type RunningService, startService } from '../app.fixture.ts';

const session = parseTradeDate('2026-11-24');
const earlier = parseTradeDate('2026-11-20');
const hostile = `<script>alert("1")</script> & 'co'`;

let running: RunningService;
beforeAll(async () => {
  running = await startService('2026-11-24T07:00:00.000Z');
  await addSymbol(running.stores, '0101', madeBars(1, '2026-10-01', session), { name: hostile });
  await addSymbol(running.stores, '0102', madeBars(2, '2026-10-01', session));
  await addSymbol(running.stores, '0103', madeBars(3, '2026-10-01', earlier), { priceBasis: 'split-adjusted' });
  await addSymbol(running.stores, '0104', madeBars(4, '2026-10-01', session));
  for (const published of [earlier, session]) await publish(published, ['0101', '0102', '0103'], '08:30');
  await publish(session, ['0104'], '09:01');
  await publishWithinDay();
});
afterAll(() => running.close());

/** Publishes intervals around the close; that of 0102 is missed by far. */
async function publish(published: typeof session, codes: readonly string[], at: string): Promise<void> {
  const records = await running.stores.symbols.list();
  const lastSession = previousSession(published);
  const predictions = codes.map(async (code) => {
    const { symbol, name, priceBasis } = records.find((record) => record.symbol === code)!;
    const bars = await running.stores.bars.read(code);
    const closeOf = (day: typeof session) => bars.close[bars.days.indexOf(dayNumber(day))];
    const lastClose = closeOf(lastSession)!;
    const centre = (closeOf(published) ?? lastClose) * (code === '0102' ? 1.2 : 1);
    const bounds = { lower: centre * 0.97, centre, upper: centre * 1.03 };
    const madeAt = new Date(instantOf(published, at)).toISOString();
    const dates = { session: published, lastSession, madeAt };
    return samplePrediction({ symbol, name, ...dates, lastClose, ...bounds, priceBasis, modelVersion: 'm-test' });
  });
  await running.stores.predictions.save(await Promise.all(predictions));
}

/** At 10:30 an interval that holds the close, one that misses it, and one that came too late. */
async function publishWithinDay(): Promise<void> {
  const predictions = await running.stores.predictions.forSession(session, true);
  const at = (time: string) => new Date(instantOf(session, time)).toISOString();
  const forecasts = predictions
    .filter(({ symbol }) => symbol !== '0103')
    .map(({ symbol, name, lastSession, lastClose, lower, upper, priceBasis }) =>
      sampleInDayPrediction({
        symbol,
        name,
        session,
        lower,
        upper,
        priceBasis,
        previousSession: lastSession,
        previousClose: lastClose,
        modelVersion: 'm-test',
        madeAt: at(symbol === '0104' ? '10:36' : '10:30'),
      }),
    );
  await running.stores.inDayPredictions.save(forecasts);
}

const pageOf = async (query = '') => running.service.inject(`/v1/reports/${session}${query}`);
const figuresOf = (query = '', day: string = session) =>
  running.read(dailyReportSchema, `/v1/reports/${day}/figures${query}`);
const reportList = async () => (await running.read(reportListSchema, '/v1/reports')).reports;
const madeBy = (run: Run) => (run.result as { made: unknown }).made;

describe('before the job has run', () => {
  it('says that there is no report, and how one is made', async () => {
    expect(await reportList()).toEqual([]);
    const answer = await running.get(`/v1/reports/${session}`);
    expect(answer).toMatchObject({ status: 404, body: { code: 'report.none' } });
    expect(JSON.stringify(answer.body)).toMatch(/there are none yet.*daytrade jobs run report/);
    expect((await running.get('/v1/reports/2026-13-01')).status).toBe(400);
    expect((await running.get(`/v1/reports/${session}?language=fr`)).status).toBe(400);
  });
});

describe('the job', () => {
  it('makes a report once, however often it runs', async () => {
    const first = await running.runJob('report');
    expect(first).toMatchObject({ status: 'succeeded', result: { session, published: 3, judged: 2, inside: 1 } });
    expect(first).toMatchObject({ result: { outside: ['0102'], made: [{ session, revision: 1 }] } });
    expect(madeBy(await running.runJob('report'))).toEqual([]);
  });

  it('shows what was made after the open, and counts it for nothing', async () => {
    const { predictions } = await figuresOf();
    const late = predictions.filter((prediction) => prediction.late);
    expect(late).toMatchObject([{ symbol: '0104', close: expect.any(Number), inside: null }]);
    expect((await pageOf()).body).toContain('made after the open: does not count');
  });

  it('has what the forecasts within the day did by its times, and counts late ones for nothing', async () => {
    const { withinDay } = await figuresOf();
    const published = { horizon: 'close@10:30', published: 3, late: 1, judged: 2, inside: 1, coverage: 0.5 };
    expect(withinDay).toMatchObject([published]);
    expect(withinDay[0]?.meanWidthBp).toBeCloseTo(1e4 * Math.log(1.03 / 0.97), 6);
    expect((await pageOf()).body).toMatch(/<section id="within-day">.*<th scope="row">10:30<\/th>/s);
  });

  it('has sums that agree with /v1/accuracy', async () => {
    const { coverage, predictions } = await figuresOf();
    const { live } = await running.read(accuracySchema, '/v1/accuracy');
    expect(live).toMatchObject({ judged: 5, inside: 3 });
    expect(coverage.windows.find(({ sessions }) => sessions === 250)).toMatchObject({
      judged: live.judged,
      inside: live.inside,
      coverage: live.coverage,
    });
    expect(coverage.live).toEqual(live);
    expect(live).toMatchObject({ unjudged: 1, missing: 0, restated: 0 });
    expect((await pageOf()).body).toMatch(/published in time 1 have no close; sessions without intervals: 0;/);
    expect(coverage.series.map(({ judged, inside }) => [judged, inside])).toEqual([
      [3, 2],
      [2, 1],
    ]);
    expect(coverage.day).toMatchObject({ judged: predictions.filter(({ inside }) => inside !== null).length });
    const window = (sessions: number, judgedSessions: number, judged: number, inside: number) => {
      return { sessions, judgedSessions, judged, inside, coverage: inside / judged, band: binomialBand(judged, 0.93) };
    };
    expect(coverage.day).toEqual(window(1, 1, 2, 1));
    expect(coverage.windows).toEqual([20, 60, 250].map((sessions) => window(sessions, 2, 5, 3)));
  });

  it('makes the report of an earlier session again once its closes are there', async () => {
    running.setClock('2026-11-25T07:00:00.000Z');
    await addSymbol(running.stores, '0103', madeBars(3, '2026-10-01', session), { priceBasis: 'split-adjusted' });
    expect(madeBy(await running.runJob('report'))).toEqual([
      { session: '2026-11-25', revision: 1 },
      { session, revision: 2 },
    ]);
    // Nothing was published of the newest one.
    const nothing = { judgedSessions: 0, judged: 0, inside: 0, coverage: null, band: null };
    const { coverage, predictions, withinDay, quality } = await figuresOf('', '2026-11-25');
    expect([coverage.day, predictions, withinDay]).toEqual([{ sessions: 1, ...nothing }, [], []]);
    expect(coverage.windows[0]).toMatchObject({ judgedSessions: 2, judged: 6 });
    expect(quality.stale.map(({ symbol }) => symbol)).toEqual(['0101', '0102', '0103', '0104']);
    const before = await figuresOf('?revision=1');
    expect(before.quality.stale).toMatchObject([{ symbol: '0103', lastDate: earlier }]);
    const now = await figuresOf();
    expect(now).toMatchObject({ revision: 2, quality: { stale: [] } });
    expect(await reportList()).toMatchObject([
      { session: '2026-11-25', published: 0 },
      { session, revision: 2, judged: 3, superseded: false },
      { session, revision: 1, judged: 2, superseded: true },
    ]);
  });
});

describe('the page', () => {
  it.each([
    ['', 'Predictions and what happened', 'SYNTHETIC'],
    ['?language=ja', '予測と結果', '合成データ'],
  ])('%s has a row of every symbol and every part', async (query, title, synthetic) => {
    const { body } = await pageOf(query);
    for (const symbol of ['0101', '0102', '0103', '0104'])
      expect(body.match(new RegExp(`<th scope="row">${symbol} <span`, 'g'))).toHaveLength(1);
    expect(body.match(/<svg class="strip"/g)).toHaveLength(4);
    for (const text of [title, synthetic]) expect(body).toContain(text);
    for (const part of ['coverage', 'predictions', 'quality']) expect(body).toContain(`<section id="${part}">`);
    expect(body).toMatch(/<svg class="curve" viewBox="0 0 400/);
    // Of each of the symbols, as they have different price bases.
    expect(body.match(/<td data-label="(?:Price basis|価格の種類)">/g)).toHaveLength(4);
    expect(body).not.toMatch(/undefined|NaN|\[object/);
  });

  it('shows a name that looks like markup as a name', async () => {
    const { body } = await pageOf();
    expect(body).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;co&#39;');
    expect(body).not.toMatch(/<script|javascript:|\son\w+=|style="|src=|href=/i);
  });

  it('is HTML under a policy that lets its own style sheet in and nothing else', async () => {
    const { headers, body } = await pageOf();
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    const policy = String(headers['content-security-policy']);
    expect(policy).toMatch(/^default-src 'none'; style-src 'sha256-[^']+'; base-uri 'none'; form-action 'none'/);
    expect(policy).toMatch(/frame-ancestors 'none'; sandbox$/);
    expect(policy).not.toMatch(/unsafe|script-src|https?:/);
    const inPage = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(body)?.[1];
    expect(policy.startsWith(String(inPage).replaceAll('&#39;', "'"))).toBe(true);
  });

  it('has tags that close in the order in which they open', async () => {
    const { body } = await pageOf();
    const open: string[] = [];
    const empty = new Set(['meta', 'br', 'line', 'rect', 'circle', 'polyline']);
    for (const [, slash, name = ''] of body.replace(/<!doctype html>/, '').matchAll(/<(\/?)([a-z0-9]+)[^>]*>/g)) {
      if (slash === '/') expect(open.pop()).toBe(name);
      else if (!empty.has(name)) open.push(name);
    }
    expect(open).toEqual([]);
  });
});
