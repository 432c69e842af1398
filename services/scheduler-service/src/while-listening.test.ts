import { expect, it } from 'vitest';
import { emptyService } from './empty-service.fixture.ts';
import { repeatWhileListening } from './while-listening.ts';

/** A clock whose timers the test fires. */
function manualClock() {
  const timers = new Map<unknown, () => void>();
  let count = 0;
  return {
    timers,
    now: () => 0,
    setTimeout: (call: () => void, ms: number) => {
      const handle = `${(count += 1)}: ${ms}`;
      timers.set(handle, call);
      return handle;
    },
    clearTimeout: (handle: unknown) => void timers.delete(handle),
  };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

it('works once on listening and again after each pause, also after an error, and ends with the service', async () => {
  const service = await emptyService();
  const clock = manualClock();
  let rounds = 0;
  const work = async () => {
    rounds += 1;
    throw new Error('it failed');
  };
  repeatWhileListening(service, clock, 5_000, work, 'no work could be done');
  expect(rounds).toBe(0);
  await service.listen({ port: 0, host: '127.0.0.1' });
  await settle();
  expect(rounds).toBe(1);
  expect([...clock.timers.keys()]).toEqual(['1: 5000']);
  clock.timers.get('1: 5000')?.();
  await settle();
  expect(rounds).toBe(2);
  await service.close();
  expect([...clock.timers.keys()]).toEqual(['1: 5000']);
});

it('starts no pause after a round that ends when the service has closed', async () => {
  const service = await emptyService();
  const clock = manualClock();
  let end = (): void => undefined;
  const work = () => new Promise<void>((resolve) => (end = resolve));
  repeatWhileListening(service, clock, 5_000, work, 'no work could be done');
  await service.listen({ port: 0, host: '127.0.0.1' });
  await settle();
  await service.close();
  end();
  await settle();
  expect(clock.timers.size).toBe(0);
});
