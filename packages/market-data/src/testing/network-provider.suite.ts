import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { MemorySinks } from '../fetch/memory-sinks.fixture.ts';
import { fetchedAt, fetchOnce, type OpenProvider } from './provider.suite.ts';
import {
  type Answers,
  type ReplayReply,
  type ReplayRequest,
  type ReplayServer,
  startReplayServer,
} from './replay-server.ts';
import { SimulatedClock } from './simulated-clock.ts';

export interface NetworkProvider {
  /** Answers without a fault, for some symbols, one request each. */
  readonly answers: Answers;
  /** The provider, on a server; a request may take two seconds at most, waiting is on the clock. */
  readonly open: (url: string, clock: SimulatedClock) => OpenProvider;
  readonly isBarsOf: (request: ReplayRequest, symbol: string) => boolean;
  /** Symbols there are, in the order in which they are fetched. */
  readonly symbols: readonly string[];
  /** The key, which nothing may show; undefined where there is none. */
  readonly secret: string | undefined;
  /** The body of a refusal in the provider's own words. */
  readonly refusal: (words: string) => string;
  /** Answers of another form: what they are, and what the message says of them. */
  readonly wrongForms: readonly (readonly [string, (whole: ReplayReply) => ReplayReply, RegExp])[];
}

const html = { headers: { 'content-type': 'text/html' }, body: '<html><body>Sign in</body></html>' };
/** What may pass by itself, each once. */
const passing: Readonly<Record<string, (whole: ReplayReply) => ReplayReply>> = {
  'is cut off in the middle': (whole) => ({ ...whole, fault: 'cut off' }),
  'ends early without saying so': ({ body }) => ({ body: String(body).slice(0, 100) }),
  'never ends': (whole) => ({ ...whole, fault: 'silent' }),
  'is 500': () => ({ status: 500, body: '{"message":"Internal Server Error"}' }),
  'is 502 as HTML': () => ({ ...html, status: 502 }),
  'is 429': () => ({ status: 429, body: '{"message":"Too Many Requests"}' }),
  'is 429 with Retry-After': () => ({ status: 429, headers: { 'retry-after': '7' }, body: '{}' }),
};

/** What does not pass, of one symbol, and what the message says of it. */
const lasting: NetworkProvider['wrongForms'] = [
  ['is 500 for ever', () => ({ status: 500, body: '{}' }), /answered 500/],
  ['is HTML with status 200', () => html, /HTML came in the place of JSON/],
];

/** What every provider on the network does when the network, the server or the clock is at fault. */
export function describeNetworkProvider(name: string, provider: NetworkProvider): void {
  const { answers, isBarsOf, secret, refusal, wrongForms } = provider;
  const [first, second] = provider.symbols as readonly [string, string];
  const running: ReplayServer[] = [];
  let whole: MemorySinks;
  beforeAll(async () => {
    whole = new MemorySinks();
    await fetchFrom(answers, whole);
  });
  afterEach(async () => {
    await Promise.all(running.splice(0).map((server) => server.close()));
  });

  async function fetchFrom(given: Answers, sinks: MemorySinks, clock = new SimulatedClock(fetchedAt)) {
    const server = await startReplayServer(given);
    running.push(server);
    return fetchOnce(provider.open(server.url, clock), sinks, clock);
  }

  /** What is stored of all symbols but one. */
  const others = (sinks: MemorySinks) => [...sinks.stored].filter(([key]) => !key.startsWith(second));

  describe(`${name}: the network`, () => {
    it.each(Object.entries(passing))('loses nothing where an answer %s, once', { tags: ['long'] }, async (_, fault) => {
      let faults = 0;
      const sinks = new MemorySinks();
      const result = await fetchFrom((request) => {
        const reply = answers(request);
        if (!isBarsOf(request, second)) return reply;
        faults += 1;
        return faults === 1 ? fault(reply) : reply;
      }, sinks);
      expect(faults).toBe(2);
      expect(result).toMatchObject({ filesRefused: [], symbols: provider.symbols.length });
      expect(sinks.content()).toEqual(whole.content());
    });

    const refused = () => ({ status: 400, body: refusal('no such code') });
    it.each([...lasting, ['is 400', refused, /400: "no such code"/] as const, ...wrongForms])(
      'keeps every other symbol where the answer of one %s',
      async (_, fault, words) => {
        const sinks = new MemorySinks();
        const result = await fetchFrom((request) => {
          const reply = answers(request);
          return isBarsOf(request, second) ? fault(reply) : reply;
        }, sinks);
        expect(result.filesRefused).toHaveLength(1);
        expect(result.filesRefused[0]!.file).toContain(second);
        expect(result.filesRefused[0]!.message).toMatch(words);
        expect(others(sinks)).toEqual(others(whole));
        expect(sinks.records.has(second)).toBe(false);
      },
    );

    it('goes on after a lasting fault where it stopped, and ends with the same bars', async () => {
      const sinks = new MemorySinks();
      await fetchFrom((request) => (isBarsOf(request, second) ? html : answers(request)), sinks);
      const asked: ReplayRequest[] = [];
      await fetchFrom((request) => {
        asked.push(request);
        return answers(request);
      }, sinks);
      expect(asked.some((request) => isBarsOf(request, first))).toBe(false);
      expect(sinks.stored).toEqual(
        new Map([...whole.stored].toSorted(([a], [b]) => order(sinks, a) - order(sinks, b))),
      );
    });

    it('gives up when it is the provider that fails, and keeps what came before', async () => {
      const sinks = new MemorySinks();
      const fails = fetchFrom((request) => {
        return provider.symbols.slice(1).some((symbol) => isBarsOf(request, symbol))
          ? { status: 503, body: '' }
          : answers(request);
      }, sinks);
      await expect(fails).rejects.toMatchObject({ code: 'data.provider-failed' });
      expect([...sinks.records.keys()]).toEqual([first]);
    });

    it('says that nothing listens', async () => {
      const server = await startReplayServer(answers);
      await server.close();
      const clock = new SimulatedClock(fetchedAt);
      const fetched = fetchOnce(provider.open(server.url, clock), new MemorySinks(), clock);
      await expect(fetched).rejects.toThrow(/ECONNREFUSED/);
    });

    it.each([
      [401, 'data.provider-forbidden'],
      [403, 'data.provider-forbidden'],
      [404, 'data.provider-refused'],
      [302, 'data.provider-reply-invalid'],
      [418, 'data.provider-reply-invalid'],
    ])('explains a status of %i, and follows it nowhere', async (status, code) => {
      const location = { location: 'http://127.0.0.1:1/elsewhere' };
      const fetched = fetchFrom(() => ({ status, headers: location, body: '{}' }), new MemorySinks());
      await expect(fetched).rejects.toMatchObject({ code, message: expect.stringContaining(String(status)) });
    });

    it('waits longer after each refusal, and says so in the end', async () => {
      const clock = new SimulatedClock(fetchedAt);
      const fetched = fetchFrom(() => ({ status: 429, body: '{}' }), new MemorySinks(), clock);
      await expect(fetched).rejects.toMatchObject({ code: 'data.provider-throttled' });
      // About five minutes is the long block; asking again after it has been waited out twice would only prolong it.
      expect(Math.max(...clock.pauses)).toBeGreaterThanOrEqual(300_000);
      expect(clock.pauses.reduce((sum, pause) => sum + pause, 0)).toBeLessThan(900_000);
    });

    it('does not wait for ever because a server says so', async () => {
      const headers = { 'retry-after': '86400' };
      const clock = new SimulatedClock(fetchedAt);
      const fetched = fetchFrom(() => ({ status: 429, headers, body: '{}' }), new MemorySinks(), clock);
      await expect(fetched).rejects.toMatchObject({ code: 'data.provider-throttled' });
      expect(Math.max(...clock.pauses)).toBeLessThan(900_000);
    });

    it.each(['2025-05-30T12:00:00Z', '2025-06-09T12:00:00Z'])(
      'refuses where the clock of the server is %s',
      async (there) => {
        const date = new Date(there).toUTCString();
        const sinks = new MemorySinks();
        const fetched = fetchFrom((request) => ({ ...answers(request), headers: { date } }), sinks);
        await expect(fetched).rejects.toMatchObject({ code: 'data.clock-skew' });
        expect(sinks.stored.size).toBe(0);
      },
    );

    it.runIf(secret !== undefined)('shows its key in no error, also where the server sends it back', async () => {
      for (const status of [400, 401, 403, 500, 503]) {
        const echo = { status, body: refusal(`who are you, ${secret}?`) };
        const error = await fetchFrom(() => echo, new MemorySinks()).catch((thrown: unknown) => thrown);
        expect(error).toBeInstanceOf(Error);
        const { message, stack, details, cause } = error as Error & { details: unknown };
        expect(JSON.stringify([message, stack, details, String(cause)])).not.toContain(secret);
      }
    });
  });
}

function order(sinks: MemorySinks, key: string): number {
  return [...sinks.stored.keys()].indexOf(key);
}
