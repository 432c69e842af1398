import { expect, it } from 'vitest';
import { PartComputations } from './part-work.ts';

type Arguments = ConstructorParameters<typeof PartComputations>;

it('computes the features again for the next part after the thread that did was lost', async () => {
  const dataset = { sessions: 60 };
  const answers = [Promise.reject(new Error('the thread ended')), Promise.resolve(dataset)];
  const run = (() => answers.shift()) as unknown as Arguments[2];
  const held = new PartComputations({} as Arguments[0], {} as Arguments[1], run);
  await expect(held.features()).rejects.toThrow('the thread ended');
  expect(await held.features()).toBe(dataset);
  expect(await held.features()).toBe(dataset);
});
