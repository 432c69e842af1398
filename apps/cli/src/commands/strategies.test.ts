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

async function run(usage: string, ...args: readonly string[]) {
  const command = strategiesGroup.commands.find((one) => one.usage.startsWith(usage))!;
  await command.run({ ...commands.context, json: true }, { args, options: {} });
  return commands.written();
}

it('writes the example of docs/strategies.md, which is listed and is not overwritten', async () => {
  await run('new', 'three-down');
  const written = readFileSync(join(userFolder(), 'strategies', 'three-down.ts'), 'utf8');
  for (const page of ['strategies.md', 'strategies.ja.md']) {
    const text = readFileSync(join(import.meta.dirname, '../../../../docs', page), 'utf8');
    expect(text.split('```ts\n')[1]?.split('```')[0]).toBe(written);
  }
  const { strategies } = strategyListSchema.parse(JSON.parse(await run('list')));
  const names = strategies.map(({ name }) => name).join(' ');
  expect(names).toBe('always-long gap-fade interval-breakout ranking three-down');
  expect(strategies.at(-1)).toMatchObject({ fault: null, parameters: [{ name: 'most' }, {}, { name: 'falls' }] });
  await expect(run('new', 'three-down')).rejects.toThrow('it exists already; choose another name');
  await expect(run('new', '../escape')).rejects.toThrow('expected lowercase letters, digits and hyphens');
});
