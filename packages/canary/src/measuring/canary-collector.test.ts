import { metrics, type Prediction } from '@daytrade/contracts';
import { parseTradeDate } from '@daytrade/market';
import { describe, expect, it } from 'vitest';
import { CanaryCollector } from './canary-collector.ts';
import type { Ask } from './mirrored-requests.ts';

const name = metrics.httpRequestDuration.name;

/** A version that counts what it was asked, as `/metrics` of a service shows it, and predicts one symbol. */
class Version {
  away = false;
  failsWith: number | undefined;
  seconds = 0.02;
  prediction = { lastSession: '2026-06-11', session: '2026-06-12', lastClose: 1_000, lower: 970, upper: 1_030 };
  #startedAt = 1_781_000_000;
  readonly #asked: { readonly route: string; readonly method: string; readonly status: number; seconds: number }[] = [];

  answer(method: string, path: string): { readonly status: number; readonly text: string } {
    if (this.away) throw new Error('ECONNREFUSED');
    if (path === '/metrics') return { status: 200, text: this.#metrics() };
    const status = this.failsWith ?? 200;
    this.#asked.push({ route: path, method, status, seconds: this.seconds });
    if (method === 'GET') return { status, text: '{}' };
    return { status, text: JSON.stringify({ predictions: [this.#predicted()], ...rest }) };
  }

  restart(): void {
    this.#startedAt += 60;
    this.#asked.length = 0;
  }

  #predicted(): Prediction {
    const { lastSession, session, ...prices } = this.prediction;
    return { ...common, ...prices, lastSession: parseTradeDate(lastSession), session: parseTradeDate(session) };
  }

  #metrics(): string {
    const kinds = [...new Set(this.#asked.map(({ route, method, status }) => `${method} ${route} ${status}`))];
    const counted = kinds
      .flatMap((kind) => {
        const [method, route, status] = kind.split(' ');
        const of = this.#asked.filter((one) => `${one.method} ${one.route} ${one.status}` === kind);
        const labels = `service="ml-service",method="${method}",route="${route}",status="${status}"`;
        const buckets = [0.05, 0.5, 5].map(
          (le) => `${name}_bucket{le="${le}",${labels}} ${of.filter(({ seconds }) => seconds <= le).length}`,
        );
        return [
          ...buckets,
          `${name}_bucket{le="+Inf",${labels}} ${of.length}`,
          `${name}_sum{${labels}} 1.5`,
          `${name}_count{${labels}} ${of.length}`,
        ];
      })
      .join('\n');
    return `process_start_time_seconds ${this.#startedAt}\n${counted}\n`;
  }
}

const common = {
  symbol: '7203',
  name: 'Toyota',
  centre: null,
  coverage: 0.93,
  probabilityUp: null,
  directionSkilled: false,
  priceBasis: 'traded' as Prediction['priceBasis'],
  modelVersion: 'm1',
  intervalMethod: 'split',
  madeAt: '2026-06-11T07:00:00.000Z',
  late: false,
  synthetic: false,
};
const rest = { sessionOver: false, unpredicted: [], barsAge: null, leftOut: [] };

function collect(probes: number) {
  const versions = { stable: new Version(), canary: new Version() };
  const ask: Ask = async (url, { method }) => {
    const { hostname, pathname } = new URL(url);
    return versions[hostname as keyof typeof versions].answer(method, pathname);
  };
  const collector = new CanaryCollector({
    ask,
    now: () => 7,
    stable: async () => ['http://stable'],
    canary: async () => ['http://canary'],
    probes,
  });
  return { versions, collector };
}

describe('an interval that was measured', () => {
  it('has what both answered since the start, and what they predict', async () => {
    const { versions, collector } = collect(30);
    for (let i = 0; i < 50; i += 1) versions.stable.answer('GET', '/v1/models');
    versions.canary.seconds = 0.3;
    versions.canary.answer('GET', '/healthz');
    await collector.start();
    for (let i = 0; i < 20; i += 1) versions.stable.answer('GET', '/v1/models');
    const measured = await collector.measure(10);
    expect(measured).toMatchObject({ endedAt: 7, weight: 10, closed: [] });
    // One more of each is the request for predictions, which is not a read.
    expect(measured.stable).toEqual({
      requests: 51,
      errors: 0,
      latency: { bounds: [0.05, 0.5, 5, Number.POSITIVE_INFINITY], atMost: [50, 50, 50, 50] },
    });
    expect(measured.canary).toMatchObject({ requests: 31, latency: { atMost: [0, 30, 30, 30] } });
    expect(measured.pairs).toMatchObject([{ symbol: '7203', stable: { lower: 970 }, canary: { upper: 1_030 } }]);
    expect((await collector.measure(10)).stable.requests).toBe(31);
  });

  it('counts answers of status 500, and what was not answered', async () => {
    const { versions, collector } = collect(10);
    await collector.start();
    versions.canary.failsWith = 503;
    expect((await collector.measure(10)).canary).toMatchObject({ requests: 11, errors: 11 });
    versions.canary.away = true;
    const measured = await collector.measure(10);
    expect(measured.canary).toMatchObject({ requests: 10, errors: 10 });
    expect(measured.pairs).toMatchObject([{ symbol: '7203', canary: undefined }]);
  });

  it('counts from 0 again after a process began again', async () => {
    const { versions, collector } = collect(10);
    await collector.start();
    await collector.measure(10);
    versions.canary.restart();
    expect((await collector.measure(10)).canary.requests).toBe(11);
  });

  it('knows the close of what was predicted before, from the next predictions', async () => {
    const { versions, collector } = collect(0);
    versions.canary.prediction = { ...versions.canary.prediction, lower: 995, upper: 1_005 };
    await collector.start();
    expect((await collector.measure(10)).closed).toEqual([]);
    const next = { lastSession: '2026-06-12', session: '2026-06-15', lastClose: 1_020, lower: 990, upper: 1_050 };
    versions.stable.prediction = next;
    versions.canary.prediction = next;
    expect((await collector.measure(10)).closed).toMatchObject([
      { symbol: '7203', session: '2026-06-12', close: 1_020, stable: { upper: 1_030 }, canary: { upper: 1_005 } },
    ]);
  });

  it('is not there without the stable version', async () => {
    const { versions, collector } = collect(0);
    versions.stable.away = true;
    await expect(collector.start()).rejects.toThrow('no metrics of the stable version');
  });
});
