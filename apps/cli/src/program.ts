import { Command } from 'commander';
import {
  buildCommand,
  buildGroup,
  type CommandDefinition,
  type CommandGroup,
  type ContextRunner,
  everyCommand,
  fullName,
  withSpokenHelp,
} from './define-command.ts';
import { sayUsageError } from './language/help.ts';
import { say } from './language/language.ts';
import { programName, withProgramName } from './program-name.ts';
import { version } from './version.ts';

type Load = () => Promise<CommandDefinition | CommandGroup>;

/** Commands by their first word, in the order of the help. */
const commands: Readonly<Record<string, Load>> = {
  up: async () => (await import('./commands/up.ts')).upCommand,
  setup: async () => (await import('./commands/setup.ts')).setupCommand,
  import: async () => (await import('./commands/import.ts')).importCommand,
  fetch: async () => (await import('./commands/fetch.ts')).fetchCommand,
  record: async () => (await import('./commands/record.ts')).recordGroup,
  data: async () => (await import('./commands/data.ts')).dataGroup,
  quarantine: async () => (await import('./commands/quarantine.ts')).quarantineGroup,
  symbols: async () => (await import('./commands/symbols.ts')).symbolsGroup,
  train: async () => (await import('./commands/train.ts')).trainCommand,
  predict: async () => (await import('./commands/predict.ts')).predictCommand,
  evaluate: async () => (await import('./commands/evaluate.ts')).evaluateCommand,
  audit: async () => (await import('./commands/audit.ts')).auditCommand,
  strategies: async () => (await import('./commands/strategies.ts')).strategiesGroup,
  backtest: async () => (await import('./commands/backtest.ts')).backtestCommand,
  backtests: async () => (await import('./commands/backtests.ts')).backtestsGroup,
  paper: async () => (await import('./commands/paper.ts')).paperGroup,
  orders: async () => (await import('./commands/paper.ts')).ordersCommand,
  fills: async () => (await import('./commands/paper.ts')).fillsCommand,
  positions: async () => (await import('./commands/paper.ts')).positionsCommand,
  halt: async () => (await import('./commands/paper.ts')).haltCommand,
  models: async () => (await import('./commands/models.ts')).modelsGroup,
  reports: async () => (await import('./commands/reports.ts')).reportsGroup,
  notices: async () => (await import('./commands/notices.ts')).noticesGroup,
  jobs: async () => (await import('./commands/jobs.ts')).jobsGroup,
  runs: async () => (await import('./commands/runs.ts')).runsGroup,
  sessions: async () => (await import('./commands/sessions.ts')).sessionsCommand,
  backup: async () => (await import('./commands/backup.ts')).backupCommand,
  restore: async () => (await import('./commands/restore.ts')).restoreCommand,
  'restore-drill': async () => (await import('./commands/restore.ts')).restoreDrillCommand,
  doctor: async () => (await import('./commands/doctor.ts')).doctorCommand,
  mcp: async () => (await import('./commands/mcp.ts')).mcpCommand,
  serve: async () => (await import('./commands/serve.ts')).serveGroup,
  database: async () => (await import('./commands/database.ts')).databaseGroup,
};

/**
 * The command line: the command that is called, or all of them for the help and for a name that there is not. A module
 * is loaded with its command, so that a service does not keep what only other commands need.
 */
export async function loadProgram(argv: readonly string[], runWithContext: ContextRunner): Promise<Command> {
  const [, , name = ''] = argv;
  const called = Object.hasOwn(commands, name) ? [commands[name] as Load] : Object.values(commands);
  const program = new Command(programName)
    .description(say('A day-trading machine learning platform for the Tokyo Stock Exchange.'))
    .version(version, '-V, --version', say('output the version number'))
    .showSuggestionAfterError()
    .addHelpText('after', withProgramName(`\n${say(overview)}`));
  const suggesting = {
    outputError: (error: string, write: (text: string) => void) => write(withItsPlace(program, error)),
  };
  program.configureOutput(suggesting);
  for (const loaded of await Promise.all(called.map((load) => load()))) {
    const command = 'usage' in loaded ? buildCommand(loaded, runWithContext) : buildGroup(loaded, runWithContext);
    if (!('usage' in loaded)) command.configureOutput(suggesting);
    program.addCommand(command);
  }
  return withSpokenHelp(program);
}

/** Names that other programs have for commands of ours. */
const synonyms: Readonly<Record<string, string>> = { start: 'up', status: 'doctor' };

/** Says of an unknown command where its name stands: by itself, as `halt`, or below a noun, as `data export`. */
function withItsPlace(program: Command, error: string): string {
  const [, name = ''] = /unknown command '([\w-]+)'/.exec(error) ?? [];
  const places = everyCommand(program).filter((command) => command !== program && command.name() === name);
  const known = Object.hasOwn(commands, name) ? name : synonyms[name];
  const meant = known === undefined ? places.map(fullName) : [`${programName} ${known}`];
  if (meant.length === 0) return sayUsageError(error);
  return sayUsageError(`error: unknown command '${name}'\n(Did you mean ${meant.join(', ')}?)\n`);
}

const overview = `From bars to predictions:
  $ daytrade setup               choose where bars come from: J-Quants, files, or a demo
  $ daytrade fetch               bring the bars in; daytrade import ./bars reads a folder
  $ daytrade symbols select      pick the best symbols
  $ daytrade train               train the ensemble
  $ daytrade predict             publish the intervals for the next session
  $ daytrade evaluate            judge it, out of sample
  $ daytrade up                  run everything with the page, on the exchange's clock

Exit codes: 0 done, 2 bad input, 3 not found or not ready, 4 a conflict, 5 a dependency failed, 70 a bug, 130 cancelled.
Every command takes --json and --help. Settings: daytrade doctor.`;
