import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Mistake, write } from './mistake.ts';

/** Words that no command knows, numbers out of range, and names of what does not exist. */
export const commandMistakes: readonly Mistake[] = [
  {
    name: 'a command with a slip',
    command: 'imprt ./bars',
    ownProcess: true,
    exit: 'badInput',
    says: [/imprt/, /import/],
  },
  { name: 'a command that there is none of', command: 'status', exit: 'badInput', says: [/status/] },
  { name: 'an option with a slip', command: 'symbols list --jsn', exit: 'badInput', says: [/--jsn/, /--json/] },
  { name: 'no symbols', command: 'symbols select --count 0', exit: 'badInput', says: [/--count/, /0/] },
  { name: 'a number in words', command: 'symbols select --count ten', exit: 'badInput', says: [/--count/, /ten/] },
  {
    name: 'a day that there is none of',
    command: 'sessions --from 2026-02-30',
    exit: 'badInput',
    says: [/2026-02-30/],
  },
  { name: 'a day after the calendar', command: 'sessions --from 2035-01-01', exit: 'badInput', says: [/2030-12-31/] },
  {
    name: 'an end before its start',
    command: 'sessions --from 2026-02-02 --to 2026-01-05',
    exit: 'badInput',
    says: [/from/, /2026-01-05/],
  },
  { name: 'a symbol without bars', command: 'predict 9999', ownProcess: true, exit: 'notFound', says: [/9999/] },
  {
    name: 'a symbol as an option',
    command: 'predict --symbols 9999',
    exit: 'badInput',
    says: [/--symbols/, /predict 7203/],
  },
  { name: 'the name of a company', command: 'predict toyota', exit: 'badInput', says: [/toyota/, /7203/] },
  { name: 'no forecast without a model', command: 'predict', exit: 'notFound', says: [/train/] },
  { name: 'a model that there is none of', command: 'models promote nope', exit: 'notFound', says: [/nope/] },
  { name: 'a model to show that there is none of', command: 'models show nope', exit: 'notFound', says: [/nope/] },
  { name: 'nothing to go back to', command: 'models rollback', exit: 'notFound', says: [/model/] },
  { name: 'a job that there is none of', command: 'jobs run nope', exit: 'notFound', says: [/nope/] },
  {
    name: 'a payload that is not JSON',
    command: 'jobs run training --payload {seed:1}',
    exit: 'badInput',
    says: [/--payload/, /seed/],
  },
  {
    name: 'a payload with another name',
    command: 'jobs run training --payload {"seedd":1}',
    exit: 'badInput',
    says: [/seedd/],
  },
  { name: 'a seed in words', command: 'train --seed lucky', exit: 'badInput', says: [/seed/, /lucky/] },
  { name: 'a judgement of no sessions', command: 'evaluate --sessions 0', exit: 'badInput', says: [/sessions/, /0/] },
  { name: 'a run that there is none of', command: 'runs cancel nope', exit: 'notFound', says: [/nope/] },
  {
    name: 'a status that there is none of',
    command: 'runs list --status done',
    exit: 'badInput',
    says: [/done/, /succeeded/],
  },
  {
    name: 'a reason that there is none of',
    command: 'quarantine list --reason foo',
    exit: 'badInput',
    says: [/foo/, /date-invalid/],
  },
  {
    name: 'rows of a symbol that is not known',
    command: 'quarantine list --symbol 9999',
    exit: 'notFound',
    says: [/9999/],
  },
  { name: 'no synthetic symbols', command: 'fetch synthetic --count 0', exit: 'badInput', says: [/count/, /0/] },
  {
    name: 'a removal of it does not say what',
    command: 'symbols remove --yes',
    exit: 'badInput',
    says: [/--synthetic/],
  },
];

/** Settings of another installation, of another version, and with a slip. */
export const settingMistakes: readonly Mistake[] = inProcesses([
  {
    name: 'everybody may connect',
    command: 'up',
    environment: { DAYTRADE_HOST: '0.0.0.0' },
    exit: 'badInput',
    says: [/DAYTRADE_TOKEN/, /0\.0\.0\.0/],
  },
  {
    name: 'a short token',
    command: 'up',
    environment: { DAYTRADE_TOKEN: 'secret' },
    exit: 'badInput',
    says: [/DAYTRADE_TOKEN/, /24/],
  },
  {
    name: 'a port in words',
    command: 'symbols list',
    environment: { DAYTRADE_PORT: 'abc' },
    exit: 'badInput',
    says: [/DAYTRADE_PORT/, /abc/, /65455/],
  },
  {
    name: 'a setting with a slip',
    command: 'symbols list',
    environment: { DAYTRADE_PORTS: '8080' },
    exit: 'badInput',
    says: [/DAYTRADE_PORTS/, /did you mean DAYTRADE_PORT\?/],
  },
  {
    name: 'a level that there is none of',
    command: 'symbols list',
    environment: { DAYTRADE_LOG_LEVEL: 'loud' },
    exit: 'badInput',
    says: [/DAYTRADE_LOG_LEVEL/, /warn/],
  },
  {
    name: 'a part of a cluster without a database',
    command: 'serve ml-service',
    exit: 'badInput',
    says: [/DAYTRADE_(?:DATABASE|REDIS)_URL/],
  },
  {
    name: 'a migration without a database',
    command: 'database migrate',
    exit: 'badInput',
    says: [/DAYTRADE_DATABASE_URL/],
  },
  {
    name: 'a service that does not answer',
    command: 'symbols list',
    environment: {
      DAYTRADE_SERVICES: 'http://127.0.0.1:9',
    },
    exit: 'dependency',
    says: [/127\.0\.0\.1:9/],
  },
]);

/** State folders that are in use, are none, or belong to everybody. */
export const stateMistakes: readonly Mistake[] = inProcesses([
  {
    name: 'a second platform on a state folder',
    command: 'up',
    exit: 'conflict',
    says: [/daytrade up/, /process \d+/],
  },
  {
    name: 'a file in the place of the state folder',
    command: 'symbols list --state-dir FOLDER/state',
    prepare: ({ folder }) => write(join(folder, 'state'), 'notes'),
    exit: 'dependency',
    says: [/state/],
  },
  {
    name: 'a state folder that everybody may write to',
    command: 'symbols list --state-dir FOLDER/state',
    prepare: ({ folder }) => {
      mkdirSync(join(folder, 'state'), { recursive: true });
      chmodSync(join(folder, 'state'), 0o777);
    },
    exit: 'dependency',
    says: [/chmod/],
  },
]);

/** Each made by a process of its own. */
function inProcesses(mistakes: readonly Mistake[]): readonly Mistake[] {
  return mistakes.map((mistake) => ({ ...mistake, ownProcess: true }));
}
