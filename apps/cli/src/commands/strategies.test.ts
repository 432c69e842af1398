import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { strategyListSchema } from '@daytrade/contracts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runLine } from '../platform/answering-services.fixture.ts';
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

it('writes the examples of docs/strategies.md, which are listed and are not overwritten', {
  tags: ['long'],
}, async () => {
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

const most = { name: 'most', description: '', low: 1, high: 50, default: 10, candidates: [5, 10] };
const ranking = { name: 'ranking', summary: 'buys the best', parameters: [most], needsForecasts: true, file: null };

it('list shows what each does, or why its file cannot be used', async () => {
  const mine = {
    ...ranking,
    name: 'mine',
    parameters: [],
    file: '/user/strategies/mine.ts',
    fault: 'it has no summary',
  };
  const others = [
    { file: '/user/features/a.ts', summary: 'a feature', fault: null },
    { file: '/user/members/b.ts', summary: '', fault: 'it reads a file' },
  ];
  const list = async (more: readonly object[]) => {
    const answer = { strategies: [{ ...ranking, fault: null }, mine], others: more };
    return (await runLine(['strategies', 'list'], { 'GET /v1/backtests/strategies': answer })).out;
  };
  expect(await list(others)).toBe(`strategy  what it does       parameters                  file
ranking   buys the best      most (1 to 50, default 10)
mine      it has no summary                              /user/strategies/mine.ts

feature or member    what it does
/user/features/a.ts  a feature
/user/members/b.ts   it reads a file
`);
  expect((await list([])).split('\n\n')[1]).toBe('No features and members of your own yet\n');
});
