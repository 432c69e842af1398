import { routes } from '@daytrade/contracts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

const answer = vi.fn(async (_address: string, _init: { method: string; headers: object; body: string }) =>
  Response.json({ cancelled: 0 }),
);

beforeEach(() => {
  vi.useFakeTimers();
  answer.mockClear();
  vi.stubGlobal('window', globalThis);
  vi.stubGlobal('sessionStorage', { getItem: () => null, setItem: () => undefined });
  vi.stubGlobal('document', { visibilityState: 'visible', addEventListener: vi.fn(), removeEventListener: vi.fn() });
  vi.stubGlobal('fetch', answer);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('a request', () => {
  it('sends a body with the token to the page’s own server', async () => {
    const { ask, rememberToken } = await import('./request.ts');
    rememberToken('a-token-of-the-reader');
    await ask('haltPaper', { body: { by: 'page' } });
    const [address, { method, headers, body }] = answer.mock.calls[0]!;
    expect([address, method]).toEqual([`/api/ml${routes.haltPaper.path}`, 'POST']);
    const authorization = 'Bearer a-token-of-the-reader';
    expect(headers).toMatchObject({ authorization, 'content-type': 'application/json' });
    expect(JSON.parse(body)).toEqual({ by: 'page' });
  });

  const problem = { code: 'model.none-live', title: 'No model', detail: 'none', remedy: 'train' };
  it.each([
    ['the problem of the service', () => Response.json(problem, { status: 409 }), problem],
    ['a status without a problem', () => new Response('oh', { status: 502 }), { detail: '/ml/v1/models: 502' }],
    ['an answer that is not JSON', () => new Response('<html>'), { code: 'page.no-answer' }],
    ['no answer', () => Promise.reject(new Error('down')), { code: 'page.no-answer' }],
  ])('fails with %s', async (_, answered, expected) => {
    const { ask } = await import('./request.ts');
    answer.mockImplementationOnce(async () => await answered());
    await expect(ask('models')).rejects.toMatchObject({ problem: { ...expected, service: 'ml' } });
  });
});

it('reads a resource again at the interval of its newest answer', async () => {
  const { resource } = await import('./resource.ts');
  let unfinished = 0;
  const read = vi.fn(async () => unfinished);
  const runs = resource(read, (body) => (body ? 2 : 15));
  const stop = runs.watch();
  await vi.advanceTimersByTimeAsync(1000);
  expect(read).toHaveBeenCalledTimes(1);
  unfinished = 1;
  await runs.refresh();
  await vi.advanceTimersByTimeAsync(2000);
  expect(read).toHaveBeenCalledTimes(3);
  stop();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(read).toHaveBeenCalledTimes(3);
  // What changes while an answer is awaited is read after it.
  void runs.refresh();
  unfinished = 2;
  await runs.refresh();
  expect([runs.body.value, read.mock.calls.length]).toEqual([2, 5]);
});
