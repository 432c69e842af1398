import { describe, expect, it, onTestFinished } from 'vitest';
import { type ReplayReply, startReplayServer } from '../../testing/replay-server.ts';
import { SimulatedClock } from '../../testing/simulated-clock.ts';
import { LimitedRequests } from './requests.ts';
import { TokenBucket } from './token-bucket.ts';

const begin = '2025-06-02T12:00:00.000Z';
const whole: ReplayReply = { body: '{"answer":1}' };
type Words = ConstructorParameters<typeof LimitedRequests>[1];

/** Asks a server that gives its replies in turn, the last one for ever. */
async function ask(replies: readonly ReplayReply[], words: Partial<Words> = {}, secret?: string) {
  let asked = 0;
  const server = await startReplayServer(() => replies[Math.min(asked++, replies.length - 1)]!);
  onTestFinished(() => server.close());
  const clock = new SimulatedClock(begin);
  const requests = new LimitedRequests(
    { baseUrl: `${server.url}//`, bucket: new TokenBucket(100, clock), now: clock.now, timeoutMilliseconds: 2_000 },
    {
      provider: 'Somebody',
      whyThrottled: 'does another program ask?',
      addressSetting: 'DAYTRADE_YAHOO_URL',
      messageIn: (body) => (body as { readonly message?: unknown }).message,
      meaningOf: () => undefined,
      ...words,
    },
  );
  const waits: string[] = [];
  requests.watch((why) => waits.push(why));
  const answer = await requests
    .json({ path: '/prices', headers: {}, what: 'prices', secret })
    .catch((error: { readonly code: string; readonly message: string }) => [error.code, error.message]);
  return {
    answer,
    waits,
    asked: server.requests.map(({ path }) => path),
    seconds: (clock.now() - Date.parse(begin)) / 1_000,
  };
}

const tooMany = (retryAfter?: string): ReplayReply => ({
  status: 429,
  body: '{}',
  ...(retryAfter !== undefined && { headers: { 'retry-after': retryAfter } }),
});

describe('an answer of a provider', () => {
  it('is parsed, of the path below the address', async () => {
    expect(await ask([whole])).toEqual({ answer: { answer: 1 }, waits: [], asked: ['/prices'], seconds: 0 });
  });

  it.each<[ReplayReply, string, RegExp]>([
    [{ status: 500, body: '{}' }, 'data.provider-failed', /answered 500.*it may work again later/],
    [{ status: 503, body: '{}' }, 'data.provider-failed', /answered 503/],
    [{ status: 408, body: '{}' }, 'data.provider-failed', /answered 408/],
    [{ status: 404, body: '{}' }, 'data.provider-refused', /nothing is at that path: correct DAYTRADE_YAHOO_URL/],
    [{ status: 300, body: '{}' }, 'data.provider-reply-invalid', /sends on to another place/],
    [
      { status: 302, body: '{}', headers: { location: '/other' } },
      'data.provider-reply-invalid',
      /sends on to another/,
    ],
    [{ status: 399, body: '{}' }, 'data.provider-reply-invalid', /sends on to another place/],
    [{ status: 400, body: '{}' }, 'data.provider-reply-invalid', /that is no answer of its interface/],
    [{ status: 201, body: '{}' }, 'data.provider-reply-invalid', /that is no answer of its interface/],
    [
      { body: '{"answer":' },
      'data.provider-failed',
      /^prices: the reply is not JSON, or ends early \(10 characters\)$/,
    ],
    [{ body: ' <html>' }, 'data.provider-reply-invalid', /a page of HTML came.*is DAYTRADE_YAHOO_URL right/],
    [{ body: 'x', headers: { 'content-type': 'text/HTML' } }, 'data.provider-reply-invalid', /a page of HTML came/],
  ])('of %j fails with %s', async (reply, code, message) => {
    expect((await ask([reply])).answer).toEqual([code, expect.stringMatching(message)]);
  });

  it('is explained in the way of the provider first, with what it said in one line, without the secret', async () => {
    const meaningOf: Words['meaningOf'] = (status, said) => ['data.provider-forbidden', `${status} ${String(said)}`];
    const body = JSON.stringify({ message: `the key a-secret\nis wrong ${'x'.repeat(300)}` });
    const { answer } = await ask([{ status: 403, body }], { meaningOf }, 'a-secret');
    const said = `the key (hidden) is wrong ${'x'.repeat(174)}`;
    expect(answer).toEqual(['data.provider-forbidden', expect.stringContaining(`Somebody answered 403: "${said}"`)]);
    expect(answer).toEqual([expect.anything(), expect.stringContaining(`403 ${said}`)]);
    const { answer: other } = await ask([{ status: 403, body: '{"message":7}' }], { meaningOf });
    expect(other).toEqual(['data.provider-forbidden', 'prices: Somebody answered 403; 403 undefined']);
  });

  it.each([
    ['2025-06-02T13:00:00Z', true],
    ['2025-06-02T11:00:00Z', true],
    ['2025-06-02T13:00:01Z', false],
    ['2025-06-02T10:59:59Z', false],
  ])('is taken where its clock says %s and ours noon: %s', async (time, isTaken) => {
    const { answer } = await ask([{ ...whole, headers: { date: new Date(time).toUTCString() } }]);
    expect(answer).toEqual(isTaken ? { answer: 1 } : ['data.clock-skew', expect.stringContaining(begin)]);
  });
});

describe('a provider that had too many requests', () => {
  const waited = (seconds: number) => `waits ${seconds} s since Somebody had too many requests`;

  it('is asked again after two minutes, then after five, and no more after the fourth time', async () => {
    expect(await ask([tooMany(), whole])).toMatchObject({ answer: { answer: 1 }, waits: [waited(120)], seconds: 120 });
    expect(await ask([tooMany()])).toEqual({
      answer: [
        'data.provider-throttled',
        'prices: Somebody answered 429, too many requests, 4 times in a row; does another program ask?',
      ],
      waits: [waited(120), waited(300), waited(300)],
      asked: ['/prices', '/prices', '/prices', '/prices'],
      seconds: 720,
    });
  });

  it.each([
    ['7', 7],
    ['0', 1],
    ['900', 900],
    ['Mon, 02 Jun 2025 12:00:30 GMT', 30],
    ['Mon, 02 Jun 2025 11:00:00 GMT', 1],
    ['soon', 120],
  ])('that says %s is asked again after %d s', async (retryAfter, seconds) => {
    expect(await ask([tooMany(retryAfter), whole])).toMatchObject({ answer: { answer: 1 }, waits: [waited(seconds)] });
  });

  it('is not asked again where it names more than a quarter of an hour', async () => {
    expect((await ask([tooMany('901')])).answer).toEqual([
      'data.provider-throttled',
      expect.stringContaining('1 times in a row'),
    ]);
  });

  it('is believed to need five minutes the second time, or more where it says so', async () => {
    expect((await ask([tooMany('7'), tooMany('7'), whole])).waits).toEqual([waited(7), waited(300)]);
    expect((await ask([tooMany('7'), tooMany('400'), whole])).waits).toEqual([waited(7), waited(400)]);
  });
});

it('a request says before it waits for the limit a minute', async () => {
  const server = await startReplayServer(() => whole);
  onTestFinished(() => server.close());
  const clock = new SimulatedClock(begin);
  const bucket = new TokenBucket(1, clock);
  const words = { provider: 'Somebody', whyThrottled: '', addressSetting: 'DAYTRADE_YAHOO_URL' } as const;
  const meaning = { messageIn: () => undefined, meaningOf: () => undefined };
  const requests = new LimitedRequests({ baseUrl: server.url, bucket, now: clock.now }, { ...words, ...meaning });
  const waits: string[] = [];
  requests.watch((why) => waits.push(why));
  await requests.json({ path: '/one', headers: {}, what: 'one' });
  await requests.json({ path: '/other', headers: {}, what: 'other' });
  expect(waits).toEqual(['waits 61 s for the limit of requests a minute']);
  expect(requests.now()).toBe(Date.parse(begin) + 60_500);
});
