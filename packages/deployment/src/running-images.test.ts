import { describe, expect, it } from 'vitest';
import { runningImages } from './running-images.ts';

const digest = (letter: string) => `sha256:${letter.repeat(64)}`;
const repository = '123456789012.dkr.ecr.ap-northeast-1.amazonaws.com/day-trade';

/** A state with ECS tasks of these images, some in modules. */
function taskState(...images: readonly string[]): string {
  const task = (image: string) => ({
    type: 'aws_ecs_task_definition',
    name: 'main',
    values: {
      container_definitions: JSON.stringify([{ image: `public.example/collector@${digest('f')}` }, { image }]),
    },
  });
  const [first, ...others] = images.map(task);
  const root = { resources: [first], child_modules: others.map((other) => ({ resources: [other] })) };
  return JSON.stringify({ values: { outputs: { image_repository_url: { value: repository } }, root_module: root } });
}

describe('what an environment runs on ECS', () => {
  it('is nothing before the first apply', () => {
    expect(runningImages('aws', JSON.stringify({ format_version: '1.0' }))).toEqual({});
  });

  it('is the digest of its tasks, not that of others beside them', () => {
    const image = `${repository}@${digest('a')}`;
    expect(runningImages('aws', taskState(image, image))).toEqual({ image_digest: digest('a') });
  });

  it('is not guessed where tasks run two', () => {
    const images = ['a', 'b'].map((letter) => `${repository}@${digest(letter)}`);
    expect(() => runningImages('aws', taskState(...images))).toThrow(`${digest('a')} and ${digest('b')}`);
  });
});

it('what an environment runs on Container Instances is each slot with its digest, and which one is reached', () => {
  const group = (slot: string, letter: string) => ({
    type: 'azurerm_container_group',
    name: 'migrate',
    index: slot,
    values: { container: [{ image: `example.azurecr.io/day-trade@${digest(letter)}` }] },
  });
  const resources = [group('blue', 'a'), group('green', 'b')];
  const state = { values: { outputs: { active_slot: { value: 'green' } }, root_module: { resources } } };
  const slots = { blue: digest('a'), green: digest('b') };
  expect(runningImages('azure', JSON.stringify(state))).toEqual({ slots, active_slot: 'green' });
});
