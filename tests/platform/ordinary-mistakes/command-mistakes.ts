import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Mistake, typed, write } from './mistake.ts';

/** Words that no command knows, numbers out of range, and names of what does not exist. */
export const commandMistakes: readonly Mistake[] = [
  {
    name: 'a command with a slip',
    command: 'imprt ./bars',
    ownProcess: true,
    exit: 'badInput',
    says: [/imprt/, /import/],
  },
  typed('a command that there is none of', 'status', [/status/]),
  typed('an option with a slip', 'symbols list --jsn', [/--jsn/, /--json/]),
  typed('no symbols', 'symbols select --count 0', [/--count/, /0/]),
  typed('a number in words', 'symbols select --count ten', [/--count/, /ten/]),
  typed('a day that there is none of', 'sessions --from 2026-02-30', [/2026-02-30/]),
  typed('a day after the calendar', 'sessions --from 2035-01-01', [/2030-12-31/]),
  typed('an end before its start', 'sessions --from 2026-02-02 --to 2026-01-05', [/from/, /2026-01-05/]),
  { name: 'a symbol without bars', command: 'predict 9999', ownProcess: true, exit: 'notFound', says: [/9999/] },
  typed('a symbol as an option', 'predict --symbols 9999', [/--symbols/, /predict 7203/]),
  typed('the name of a company', 'predict toyota', [/toyota/, /7203/]),
  typed('no forecast without a model', 'predict', [/train/], 'notFound'),
  typed('a model that there is none of', 'models promote nope', [/nope/], 'notFound'),
  typed('a model to show that there is none of', 'models show nope', [/nope/], 'notFound'),
  typed('nothing to go back to', 'models rollback', [/model/], 'notFound'),
  typed('a job that there is none of', 'jobs run nope', [/nope/], 'notFound'),
  typed('a payload that is not JSON', 'jobs run training --payload {seed:1}', [/--payload/, /seed/]),
  typed('a payload with another name', 'jobs run training --payload {"seedd":1}', [/seedd/]),
  typed('a seed in words', 'train --seed lucky', [/seed/, /lucky/]),
  typed('a judgement of no sessions', 'evaluate --sessions 0', [/sessions/, /0/]),
  typed('a run that there is none of', 'runs cancel nope', [/nope/], 'notFound'),
  typed('a status that there is none of', 'runs list --status done', [/done/, /succeeded/]),
  typed('a reason that there is none of', 'quarantine list --reason foo', [/foo/, /date-invalid/]),
  typed('rows of a symbol that is not known', 'quarantine list --symbol 9999', [/9999/], 'notFound'),
  typed('no synthetic symbols', 'fetch synthetic --count 0', [/count/, /0/]),
  typed('a removal of it does not say what', 'symbols remove --yes', [/--synthetic/]),
];

/** Settings of another installation, of another version, and with a slip. */
export const settingMistakes: readonly Mistake[] = [
  withSettings('everybody may connect', 'up', { DAYTRADE_HOST: '0.0.0.0' }, [/DAYTRADE_TOKEN/, /0\.0\.0\.0/]),
  withSettings('a short token', 'up', { DAYTRADE_TOKEN: 'secret' }, [/DAYTRADE_TOKEN/, /24/]),
  withSettings('a port in words', 'symbols list', { DAYTRADE_PORT: 'abc' }, [/DAYTRADE_PORT/, /abc/, /65455/]),
  withSettings('a slip', 'symbols list', { DAYTRADE_PORTS: '8080' }, [/DAYTRADE_PORTS/, /docs\/settings\.md/]),
  withSettings('an unknown level', 'symbols list', { DAYTRADE_LOG_LEVEL: 'loud' }, [/DAYTRADE_LOG_LEVEL/, /warn/]),
  withSettings('a part without a database', 'serve ml-service', {}, [/DAYTRADE_(?:DATABASE|REDIS)_URL/]),
  withSettings('a migration without a database', 'database migrate', {}, [/DAYTRADE_DATABASE_URL/]),
  {
    ...withSettings('no answer', 'symbols list', { DAYTRADE_SERVICES: 'http://127.0.0.1:9' }, [/127\.0\.0\.1:9/]),
    exit: 'dependency',
  },
];

const inOtherFolder = 'symbols list --state-dir FOLDER/state';

/** State folders that are in use, are none, or belong to everybody. */
export const stateMistakes: readonly Mistake[] = [
  {
    ...withSettings('a second platform on a state folder', 'up', {}, [/daytrade up/, /process \d+/]),
    exit: 'conflict',
  },
  {
    ...withSettings('a file in the place of the state folder', inOtherFolder, {}, [/state/]),
    prepare: ({ folder }) => write(join(folder, 'state'), 'notes'),
    exit: 'dependency',
  },
  {
    ...withSettings('a state folder that everybody may write to', inOtherFolder, {}, [/chmod/]),
    prepare: ({ folder }) => {
      mkdirSync(join(folder, 'state'), { recursive: true });
      chmodSync(join(folder, 'state'), 0o777);
    },
    exit: 'dependency',
  },
];

/** Made by a process of its own. */
function withSettings(
  name: string,
  command: string,
  environment: Readonly<Record<string, string>>,
  says: readonly RegExp[],
): Mistake {
  return { name, command, environment, exit: 'badInput', says, ownProcess: true };
}
