import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { everyCommand, fullName, type GlobalOptions } from './define-command.ts';
import { loadProgram } from './program.ts';

interface Call {
  readonly purpose: string;
  readonly globals: GlobalOptions;
}

async function parsed(words: readonly string[]): Promise<Call | undefined> {
  let call: Call | undefined;
  const argv = ['node', 'daytrade', ...words];
  const program = await loadProgram(argv, async (purpose, globals) => {
    call = { purpose, globals };
  });
  for (const command of everyCommand(program)) {
    command.exitOverride().configureOutput({ writeOut: () => undefined, writeErr: () => undefined });
  }
  program.parse(argv);
  return call;
}

function helpOf(command: Command): string {
  let help = '';
  command.configureOutput({ writeOut: (text) => (help += text) });
  command.outputHelp();
  return help;
}

/** The command lines under "Examples:", without settings in front. */
function examplesIn(help: string): string[] {
  const lines = help.split('\nExamples:\n')[1]?.split('\n') ?? [];
  return lines.flatMap((line) => /^ {2}\$ (?:[A-Z_]+=\S+ )*(daytrade .*)$/.exec(line)?.[1] ?? []);
}

/** Without the breaks that the width of a terminal makes. */
function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ');
}

/** Words of a shell line; only single quotes are used. */
function words(line: string): string[] {
  return [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, bare]) => (quoted ?? bare) as string);
}

const program = await loadProgram([], async () => undefined);
const leaves = everyCommand(program).filter((command) => command.commands.length === 0);

describe('the commands', () => {
  it('are listed on one page with an exit code for every kind of end', () => {
    const help = helpOf(program);
    for (const command of leaves) expect(help).toContain(`  ${fullName(command).split(' ')[1]}`);
    expect(help).toMatch(/0 done.*2 bad input.*3 not found.*4 a conflict.*5 a dependency.*70 a bug.*130 cancelled/);
  });
});

describe.each(leaves.map((command) => ({ name: fullName(command), command })))('$name --help', ({ name, command }) => {
  const help = helpOf(command);

  it('says what the command does and what each option is for', () => {
    expect(command.summary()).not.toBe('');
    expect(command.description().length).toBeGreaterThan(command.summary().length / 2);
    expect(oneLine(help)).toContain(oneLine(command.description()));
    for (const option of command.options) expect(option.description, option.flags).not.toBe('');
    expect(help).toContain('--json');
    expect(help).toContain('--state-dir <folder>');
  });

  it('has examples that this command takes as they stand', async () => {
    const examples = examplesIn(help);
    expect(examples.length).toBeGreaterThan(0);
    for (const example of examples) {
      const [first, ...argv] = words(example);
      expect(first).toBe('daytrade');
      expect((await parsed(argv))?.purpose, example).toBe(name);
    }
  });
});

describe('options that every command takes', () => {
  it('reach the context', async () => {
    expect(await parsed(['models', 'list', '--json', '--state-dir', '/tmp/x'])).toEqual({
      purpose: 'daytrade models list',
      globals: { json: true, stateDir: '/tmp/x', isService: false, writesSettings: false },
    });
  });

  it.each([
    [['mcp'], { isService: true, writesSettings: false }],
    [['serve', 'worker'], { isService: true, writesSettings: false }],
    [['setup'], { isService: false, writesSettings: true }],
    [['up'], { isService: false, writesSettings: false }],
  ])('are joined by what the command %j is', async (line, globals) => {
    expect((await parsed(line))?.globals).toMatchObject(globals);
  });
});
