import type { Clock } from '@daytrade/jobs';
import { expect, it } from 'vitest';
import { emptyService } from './empty-service.fixture.ts';
import { repeatWhileListening } from './while-listening.ts';

/** A clock whose timers the test fires. */
function manualClock() {
  const timers: { call: () => void; ms: number }[] = [];
  const clock: Clock = {
    now: () => 0,
    setTimeout: (call, ms) => {
      const timer = { call, ms };
      timers.push(timer);
      return timer;
    },
    clearTimeout: (timer) => {
      const index = timers.findIndex((each) => each === timer);
      if (index >= 0) timers.splice(index, 1);
    },
  };
  const fire = () => timers.shift()?.call();
  return { clock, fire, pauses: () => timers.map(({ ms }) => ms) };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

it('works once on listening and again after each pause, also after an error, and ends with the service', async () => {
  const service = await emptyService();
  const { clock, fire, pauses } = manualClock();
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
  expect(pauses()).toEqual([5_000]);
  fire();
  await settle();
  expect(rounds).toBe(2);
  expect(pauses()).toEqual([5_000]);
  await service.close();
  expect(pauses()).toEqual([]);
});

it('starts no pause after a round that ends when the service has closed', async () => {
  const service = await emptyService();
  const { clock, pauses } = manualClock();
  let end = (): void => undefined;
  const work = () => new Promise<void>((resolve) => (end = resolve));
  repeatWhileListening(service, clock, 5_000, work, 'no work could be done');
  await service.listen({ port: 0, host: '127.0.0.1' });
  await settle();
  await service.close();
  end();
  await settle();
  expect(pauses()).toEqual([]);
});
