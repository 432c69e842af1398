import { afterEach, beforeEach, expect, it, vi } from 'vitest';

beforeEach(() => {
  vi.stubGlobal('sessionStorage', { getItem: () => null });
});
afterEach(() => vi.unstubAllGlobals());

it('follows the runs that work before those that wait, and no more than leave connections free', async () => {
  const { mostStreams, runsToFollow } = await import('./run-stream.ts');
  const runs = (['succeeded', 'waiting', 'queued', 'running', 'failed'] as const).map((status) => ({
    id: status,
    status,
  }));
  expect(runsToFollow(runs).map(({ id }) => id)).toEqual(['running', 'waiting']);
  expect(
    runsToFollow(Array.from({ length: 9 }, (_, id) => ({ id: `${id}`, status: 'running' as const }))),
  ).toHaveLength(mostStreams);
});

it('asks for a run in place of following it once its stream has broken', async () => {
  const { followRun, isFollowed, runsToFollow } = await import('./run-stream.ts');
  const run = { id: 'broken', status: 'running' } as const;
  const states = ['running', 'running'];
  vi.stubGlobal('fetch', async () => {
    const frames = states.map((status) => `data: ${JSON.stringify({ run: { ...run, status } })}\n\n`);
    return new Response(frames.join(''), { headers: { 'content-type': 'text/event-stream' } });
  });
  const seen: string[] = [];
  await new Promise<void>((resolve) => {
    followRun(run.id, ({ status }) => seen.push(status), resolve);
    expect(isFollowed(run)).toBe(true);
  });
  expect(seen).toEqual(states);
  expect(isFollowed(run)).toBe(false);
  expect(runsToFollow([run])).toEqual([]);
});
