import { healthSchema, route, symbolListSchema } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type ListenAddress, listen } from '../server/lifecycle.ts';
import { addFileRoute } from '../server/routes.ts';
import type { Service } from '../service.ts';
import { testService } from '../testing/test-service.ts';
import { ServiceClient } from './service-client.ts';
import { httpTransport, injectTransport } from './transports.ts';

const token = 'a-token-of-some-32-characters-00';
const echoSchema = z.object({ text: z.string(), times: z.coerce.number().default(1) });
const told = { summary: 'A test', tags: [] } as const;
const health = route('data', 'GET /healthz', { ...told, answers: { 200: healthSchema } });
const echo = route('data', 'GET /v1/echo', { ...told, query: echoSchema, answers: { 200: echoSchema } });
const sayAgain = route('data', 'POST /v1/echo', {
  ...told,
  body: echoSchema.partial(),
  answers: { 200: echoSchema },
});
const unknown = route('data', 'GET /v1/unknown', { ...told, answers: { 200: symbolListSchema } });
const page = route('data', 'GET /v1/page', { ...told, answers: { 200: echoSchema } });
const file = route('data', 'GET /v1/file', {
  ...told,
  query: z.object({ pieces: z.coerce.number() }),
  answers: { 200: z.string() },
  answerTypes: ['text/csv'],
});
let service: Service;
let address: ListenAddress;

beforeAll(async () => {
  service = await testService({ token });
  service.get(
    '/v1/echo',
    { schema: { querystring: echoSchema, response: { 200: echoSchema } } },
    async (request) => request.query,
  );
  service.post(
    '/v1/echo',
    { schema: { body: echoSchema, response: { 200: echoSchema } } },
    async (request) => request.body,
  );
  service.get('/v1/unknown', async () => {
    throw new DayTradeError('data.symbol-unknown', 'symbol 9999 is not known', { details: { symbol: '9999' } });
  });
  service.get('/v1/page', async (_request, reply) => reply.type('text/html').send('<p>another program</p>'));
  addFileRoute(service, file, async ({ query }) => {
    if (query.pieces === 0) throw new DayTradeError('data.no-bars', 'nothing to send');
    return { contentType: 'text/csv', fileName: 'a.csv', content: piecesThatMayBreak(query.pieces) };
  });
  address = await listen(service, { host: '127.0.0.1', port: 0 });
});
afterAll(() => service.close());

/** Lines of 64 KiB; the source fails after the third. */
function* piecesThatMayBreak(pieces: number): Generator<string> {
  for (let piece = 0; piece < pieces; piece += 1) {
    if (piece === 3) throw new Error('the disk is gone');
    yield `${String(piece).padStart(65_535, '0')}\n`;
  }
}

describe.each([
  ['HTTP', () => httpTransport({ baseUrl: address.url, fetch, token, startWith: 'daytrade up' })],
  ['inject', () => injectTransport(service)],
])('a client over %s', (_way, transport) => {
  const connect = (requestId?: string) => new ServiceClient(transport(), requestId);
  const download = async (pieces: number) => await connect().download(file, { query: { pieces } });

  it('gives what the contract promises', async () => {
    expect(await connect().call(health)).toEqual({
      status: 'ok',
      service: 'test-service',
      version: '1.2.3',
    });
    expect(await connect().call(echo, { query: { text: 'a&b=東京', times: 3 } })).toEqual({
      text: 'a&b=東京',
      times: 3,
    });
    expect(await connect().call(sayAgain, { body: { text: '架空電機' } })).toEqual({
      text: '架空電機',
      times: 1,
    });
  });

  it('throws the error that the service answered to its request id', async () => {
    await expect(connect('one-command-1').call(unknown)).rejects.toMatchObject({
      name: 'DayTradeError',
      code: 'data.symbol-unknown',
      message: 'symbol 9999 is not known',
      details: { symbol: '9999', requestId: 'one-command-1' },
    });
    await expect(connect().call(sayAgain)).rejects.toMatchObject({
      code: 'input.invalid',
      message: 'text: expected a string, but it is missing',
    });
  });

  it('names the field of an answer that breaks the contract', async () => {
    await expect(connect().call({ ...health, answers: { 200: symbolListSchema } })).rejects.toMatchObject({
      code: 'internal.bug',
      message: expect.stringMatching(/\/healthz .*symbols/) as string,
    });
  });

  it('reads a file in pieces, whole', async () => {
    let text = '';
    for await (const piece of await download(2)) text += Buffer.from(piece).toString();
    expect(text.split('\n').map(Number)).toEqual([0, 1, 0]);
  });

  it('throws the error of a file that is refused', async () => {
    await expect(download(0)).rejects.toMatchObject({ code: 'data.no-bars', message: 'nothing to send' });
  });

  it('does not take a file that breaks off for a whole one', async () => {
    const read = async () => {
      for await (const _piece of await download(5));
    };
    await expect(read()).rejects.toThrow();
  });

  it('notices that another program answers', async () => {
    await expect(connect().call(page)).rejects.toMatchObject({
      code: 'service.unreachable',
      message: expect.stringContaining('another program') as string,
    });
  });
});

describe('a client over HTTP', () => {
  it('says where nothing answers and how to start it', async () => {
    const gone = await testService();
    const { url } = await listen(gone, { host: '127.0.0.1', port: 0 });
    await gone.close();
    const transport = httpTransport({ baseUrl: `${url}/`, fetch, startWith: 'daytrade up' });
    await expect(new ServiceClient(transport, 'one-command-2').call(health)).rejects.toMatchObject({
      code: 'service.unreachable',
      details: { requestId: 'one-command-2' },
      message: `${url} does not answer (ECONNREFUSED); start it with \`daytrade up\``,
    });
  });

  describe('behind which a pod may have ended', () => {
    const refusal = (code: string) =>
      new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) });
    const asked = async (failures: readonly Error[], host = 'ml-service:8000', reads = false) => {
      let calls = 0;
      const failing: typeof fetch = async () => {
        const failure = failures[calls++];
        if (failure !== undefined) throw failure;
        return Response.json({ text: '架空電機', times: 1 });
      };
      const transport = httpTransport({ baseUrl: `http://${host}`, fetch: failing, startWith: 'helm' });
      const client = new ServiceClient(transport);
      const query = { text: '架空電機', times: 1 };
      const outcome = reads ? client.call(echo, { query }) : client.call(sayAgain, { body: {} });
      return { outcome: await outcome.catch((error: Error) => error.message), calls: () => calls };
    };

    it('tries a refused connection twice more', async () => {
      const { outcome } = await asked([refusal('ECONNREFUSED'), refusal('EHOSTUNREACH')]);
      expect(outcome).toEqual({ text: '架空電機', times: 1 });
    });

    it.each(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET'])('reads again where %s ended the connection', async (code) => {
      const { outcome, calls } = await asked([refusal(code)], 'ml-service:8000', true);
      expect(outcome).toEqual({ text: '架空電機', times: 1 });
      expect(calls()).toBe(2);
    });

    it.each([
      ['what changes something and may have been sent', 'ECONNRESET', 'ml-service:8000'],
      ['what is refused on this machine, where nothing listens', 'ECONNREFUSED', '127.0.0.1:8000'],
    ])('sends %s no second time', async (_what, code, host) => {
      const { outcome, calls } = await asked([refusal(code)], host);
      expect(outcome).toContain(code);
      expect(calls()).toBe(1);
    });
  });

  it('stops when it is told to', async () => {
    const stopped = AbortSignal.abort(new Error('the reader left'));
    const transport = httpTransport({ baseUrl: address.url, fetch, token, startWith: 'daytrade up' });
    await expect(new ServiceClient(transport).call(health, { signal: stopped })).rejects.toThrow('the reader left');
  });
});
