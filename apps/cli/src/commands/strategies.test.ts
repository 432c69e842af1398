import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { strategyListSchema } from '@daytrade/contracts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type CommandsOnPlatform, commandsOnPlatform } from '../platform/context.fixture.ts';
import { strategiesGroup } from './strategies.ts';

let commands: CommandsOnPlatform;
const userFolder = () => commands.context.settings.DAYTRADE_USER_FOLDER;

beforeAll(async () => {
  commands = await commandsOnPlatform();
});
afterAll(() => commands.close());

async function run(usage: string, name = '', kind = 'strategy') {
  const command = strategiesGroup.commands.find((one) => one.usage.startsWith(usage))!;
  await command.run({ ...commands.context, json: true }, { args: [name], options: { kind } });
  return commands.written();
}

it('writes the examples of docs/strategies.md, which are listed and are not overwritten', async () => {
  await run('new', 'three-down');
  await run('new', 'close-place', 'feature');
  await run('new', 'last-rank', 'member');
  const files = ['strategies/three-down.ts', 'features/close-place.ts', 'members/last-rank.ts'];
  const written = files.map((file) => readFileSync(join(userFolder(), file), 'utf8'));
  for (const page of ['strategies.md', 'strategies.ja.md']) {
    const text = readFileSync(join(import.meta.dirname, '../../../../docs', page), 'utf8');
    const examples = text.split('```ts\n').slice(1);
    expect(examples.map((example) => example.split('```')[0])).toEqual(written);
  }
  const { strategies, others } = strategyListSchema.parse(JSON.parse(await run('list')));
  const names = strategies.map(({ name }) => name).join(' ');
  expect(names).toBe('always-long gap-fade interval-breakout ranking three-down');
  expect(strategies.at(-1)).toMatchObject({ fault: null, parameters: [{ name: 'most' }, {}, { name: 'falls' }] });
  expect(others).toMatchObject(files.slice(1).map((file) => ({ file: join(userFolder(), file), fault: null })));
  await expect(run('new', 'close-place', 'features')).rejects.toThrow(/^--kind: expected one of "strategy"/);
  await expect(run('new', 'three-down')).rejects.toThrow('it exists already; choose another name');
  await expect(run('new', '../escape')).rejects.toThrow('expected lowercase letters, digits and hyphens');
});
