import { type PaperBookState, routes } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import { expect, it } from 'vitest';
import type { CommandContext } from '../../command-context.ts';
import type { CommandDefinition } from '../../define-command.ts';
import { haltCommand } from '../halt.ts';
import { paperJobs } from './paper-jobs.ts';
import { paperStartCommand } from './start.ts';
import { paperStopCommand } from './stop.ts';

const book: Partial<PaperBookState> = { settings: null };
const answers = new Map<unknown, object>([
  [routes.startPaper, { dryRun: false, cancelled: 0, book }],
  [routes.stopPaper, { dryRun: false, cancelled: 0, book }],
  [routes.haltPaper, { dryRun: false, cancelled: 1, book }],
  [routes.importJobs, { dryRun: false, changes: [] }],
  [routes.jobFile, { jobs: { 'paper-close': {}, retraining: {} } }],
  [routes.resetJob, {}],
]);

/** Runs a command on services that fail at one route; gives what it wrote and what it called until then. */
async function run(command: CommandDefinition, options: object, failing?: unknown) {
  const calls: string[] = [];
  const call = async (route: unknown, { body, params }: { body?: { dryRun?: boolean }; params?: object } = {}) => {
    const name = Object.entries(routes).find(([, own]) => own === route)![0];
    calls.push([name, ...Object.values(params ?? {}), ...(body?.dryRun === true ? ['tried'] : [])].join(' '));
    if (route === failing) throw new DayTradeError('trading.no-paper', 'it fails');
    return answers.get(route);
  };
  let written = '';
  const stdout = { write: (text: string) => (written += text) };
  const connection = { data: { call }, ml: { call }, scheduler: { call } };
  const settings = { DAYTRADE_STATE_DIR: '/nowhere' };
  const context = { settings, terminal: { stdout }, json: false, connect: async () => connection };
  const error = await command
    .run(context as unknown as CommandContext, { args: [], options: { ...options } })
    .then(() => undefined)
    .catch((thrown: unknown) => thrown);
  return { calls, error, written };
}

it('leaves no book without jobs where a start ends before they are there', async () => {
  const { calls, error } = await run(paperStartCommand, { strategy: 'gap-fade' }, routes.importJobs);
  expect(error).toMatchObject({ message: 'it fails' });
  expect(calls).toEqual(['startPaper tried', 'importJobs']);
});

it('adds jobs before the book, and none of a book that is refused', async () => {
  const whole = await run(paperStartCommand, { strategy: 'gap-fade' });
  expect(whole.calls).toEqual(['startPaper tried', 'importJobs', 'startPaper']);
  const refused = await run(paperStartCommand, { strategy: 'gap-fade' }, routes.startPaper);
  expect(refused.calls).toEqual(['startPaper tried']);
  const dry = await run(paperStartCommand, { strategy: 'gap-fade', dryRun: true });
  expect(dry.calls).toEqual(['startPaper tried', 'importJobs tried']);
});

it('removes the jobs that a killed stop left of a book that is over', async () => {
  expect(Object.keys(paperJobs)).toContain('paper-close');
  const { calls, error } = await run(paperStopCommand, {}, routes.stopPaper);
  expect(error).toMatchObject({ code: 'trading.no-paper' });
  expect(calls).toEqual(['stopPaper', 'jobFile', 'resetJob paper-close']);
});

it('counts what a halt cancelled', async () => {
  expect((await run(haltCommand, {})).written).toContain('1 open order cancelled.');
});
