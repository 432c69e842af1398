import { expect, it, vi } from 'vitest';
import { emptyService } from './empty-service.fixture.ts';
import { addDumpMetric } from './metrics.ts';

/** Scrapes after each answer of the Kubernetes API in turn; a minute passes between two. */
async function scrapesOf(...answers: readonly (object | Error | undefined)[]): Promise<readonly string[]> {
  const service = await emptyService();
  let now = Date.parse('2026-11-25T00:00:00Z');
  let again: (() => void) | undefined;
  const left = [...answers];
  const ask = vi.fn(async () => {
    const answer = left.shift();
    if (answer instanceof Error) throw answer;
    return answer;
  });
  const clock = {
    now: () => now,
    setTimeout: (call: () => void) => {
      again = call;
      return 1;
    },
    clearTimeout: () => undefined,
  };
  addDumpMetric(service, clock, ask);
  await service.listen({ port: 0, host: '127.0.0.1' });
  const bodies: string[] = [];
  for (let asked = 1; asked <= answers.length; asked += 1) {
    await vi.waitFor(() => expect(again).toBeDefined());
    bodies.push(
      /^daytrade_copy_age_seconds\{of="dump"\} .*$/m.exec((await service.inject('/metrics')).body)?.[0] ?? '',
    );
    now += 60_000;
    const next = again;
    again = undefined;
    next?.();
  }
  expect(ask).toHaveBeenCalledWith('batch/v1', 'cronjobs/backup');
  return bodies;
}

const metadata = { creationTimestamp: '2026-11-24T00:00:00Z' };
const age = (seconds: number) => `daytrade_copy_age_seconds{of="dump"} ${seconds}`;

it('exports the time since the CronJob succeeded, and since it was made before it ever did', async () => {
  const succeeded = { metadata, status: { lastSuccessfulTime: '2026-11-24T23:59:00Z' } };
  expect(await scrapesOf({ metadata }, succeeded)).toEqual([age(86_400), age(120)]);
});

it('counts on while the API is away, and ends with the CronJob', async () => {
  expect(await scrapesOf({ metadata }, new Error('away'), undefined)).toEqual([age(86_400), age(86_460), '']);
});
