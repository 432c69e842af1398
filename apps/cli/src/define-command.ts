import { type SettingSource, type Settings, settingNameOf, settingsSchema } from '@daytrade/contracts';
import { Command } from 'commander';
import { sayUsageError, spokenHelp } from './language/help.ts';
import { say } from './language/language.ts';
import type { Terminal } from './output/terminal.ts';
import type { Connection } from './platform/connect.ts';
import { withProgramName } from './program-name.ts';

/** A command of the command line: one file each, below `commands/`. */
export interface CommandDefinition {
  /** Name with its arguments in commander's notation, for example `import <folder>`. */
  readonly usage: string;
  readonly summary: string;
  /** Text of `--help` for a newcomer; an empty line separates paragraphs. */
  readonly description: string;
  /** Complete command lines that work. */
  readonly examples: readonly string[];
  /** Adds options of its own. */
  readonly configure?: (command: Command) => void;
  /** Runs until a signal and drains by itself: it writes nothing but its log, and reports errors as JSON. */
  readonly isService?: boolean;
  /** Writes the settings file, which therefore need not exist, not even one that the environment names. */
  readonly writesSettings?: boolean;
  readonly run: (context: CommandContext, input: CommandInput) => Promise<void>;
}

/** A noun that groups verbs, for example `models`: `group.ts` of a folder below `commands/`. */
export interface CommandGroup {
  readonly name: string;
  readonly summary: string;
  /** Text of `--help`; default: the summary. */
  readonly description?: string;
  readonly commands: readonly CommandDefinition[];
}

/** Arguments by position and options by name, as commander read them. */
export interface CommandInput {
  readonly args: readonly string[];
  readonly options: Readonly<Record<string, unknown>>;
}

/**
 * Makes a context for one run of a command and closes it again.
 *
 * @param purpose the command's full name, for example `daytrade models list`
 */
export type ContextRunner = (
  purpose: string,
  globals: CommandGlobals,
  use: (context: CommandContext) => Promise<void>,
) => Promise<void>;

/** Options that every command takes. */
export interface GlobalOptions {
  readonly json?: boolean;
  readonly stateDir?: string;
}

/** Properties of a command's run that are known before it starts. */
export interface CommandGlobals extends GlobalOptions, Pick<CommandDefinition, 'writesSettings'> {
  readonly isService: boolean;
}

export function buildCommand(definition: CommandDefinition, runWithContext: ContextRunner): Command {
  const [name, ...args] = definition.usage.split(' ');
  const command = new Command(name).summary(say(definition.summary)).description(helpText(definition.description));
  for (const argument of args) command.argument(argument);
  command.configureOutput({
    outputError: (error, write) =>
      write(sayUsageError(error) + argumentHint(definition, error) + settingHint(command, error)),
  });
  definition.configure?.(command);
  command
    .option('--json', 'print the result as JSON, for scripts')
    .option(
      '--state-dir <folder>',
      'state folder; default: DAYTRADE_STATE_DIR, or .day-trade in the clone or DAYTRADE_HOME',
    )
    .addHelpText(
      'after',
      withProgramName(`\n${say('Examples:')}\n${definition.examples.map((example) => `  $ ${example}`).join('\n')}`),
    )
    .action(async () => {
      const options = command.opts();
      const input = { args: command.args, options };
      const { isService = false, writesSettings = false } = definition;
      const globals = { ...options, isService, writesSettings };
      await runWithContext(fullName(command), globals, (context) => definition.run(context, input));
    });
  for (const option of command.options) option.description = say(option.description);
  return withSpokenHelp(command);
}

/** Puts commander's own part of the help into the chosen language. */
export function withSpokenHelp(command: Command): Command {
  const help = say('display help for command');
  if (command.commands.length > 0) command.helpCommand('help [command]', help);
  return command.helpOption('-h, --help', help).configureHelp(spokenHelp);
}

/** Shows the place of a missing word, or of one given as an option: `predict --symbols 7203` is an ordinary slip. */
function argumentHint({ usage, examples }: CommandDefinition, error: string): string {
  const given = /(?:unknown option '--|missing required argument ')(\w+)'/.exec(error)?.[1];
  const [name = '', argument = ''] = usage.split(' ');
  const word = argument.replaceAll(/[^a-z]/g, '');
  const example = examples.find((line) => /^[^-]/.test(line.split(` ${name} `)[1] ?? ''));
  if (given === undefined || !word.startsWith(given) || example === undefined) return '';
  return say`(give ${word} without an option: ${withProgramName(example)})\n`;
}

/** Says how to set what was given as an option: `up --port 9000` is an ordinary slip. */
function settingHint(command: Command, error: string): string {
  const [, given = ''] = /unknown option '--([\w-]+)'/.exec(error) ?? [];
  const setting = settingNameOf(given.replaceAll('-', '_'));
  return setting in settingsSchema.shape ? say`(it is a setting: ${setting}=... ${fullName(command)})\n` : '';
}

/** Joins the lines of each paragraph but indented ones, since the terminal's width decides where they break. */
function helpText(text: string): string {
  const paragraphs = text.replaceAll(/(?<!\n)\n(?![\n ])/g, ' ').split('\n\n');
  return withProgramName(paragraphs.map((paragraph) => say(paragraph)).join('\n\n'));
}

export function buildGroup(definition: CommandGroup, runWithContext: ContextRunner): Command {
  const { name, summary, description = summary } = definition;
  const group = new Command(name).summary(say(summary)).description(helpText(description));
  for (const command of definition.commands) group.addCommand(buildCommand(command, runWithContext));
  return withSpokenHelp(group);
}

/** The words that call a command: `daytrade models list`. */
export function fullName(command: Command): string {
  return command.parent === null ? command.name() : `${fullName(command.parent)} ${command.name()}`;
}

/** A command and all below it. */
export function everyCommand(command: Command): Command[] {
  return [command, ...command.commands.flatMap((child) => everyCommand(child as Command))];
}

/** Everything that a command receives. */
export interface CommandContext {
  readonly terminal: Terminal;
  /** Source of answers; opened only by a command that asks. */
  readonly stdin: () => NodeJS.ReadStream;
  readonly settings: Settings;
  /** Source of each setting's value; a setting without an entry has its default. */
  readonly settingSources: ReadonlyMap<string, SettingSource>;
  /** The settings file, which need not exist. */
  readonly settingsFile: string;
  /** Results as JSON on standard output. */
  readonly json: boolean;
  /** Aborted by Ctrl-C; a second Ctrl-C ends the process at once. */
  readonly signal: AbortSignal;
  /** Opens the connection; it is closed when the command ends. */
  connect(): Promise<Connection>;
}
