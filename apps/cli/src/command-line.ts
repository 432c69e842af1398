import { join, resolve } from 'node:path';
import { parseSettings, type Settings } from '@daytrade/contracts';
import { asDayTradeError, isDayTradeError } from '@daytrade/errors';
import { CommanderError } from 'commander';
import type { CommandContext } from './command-context.ts';
import type { GlobalOptions } from './define-command.ts';
import { connect } from './platform/connect.ts';
import type { Connection } from './platform/connection.ts';
import { buildProgram } from './program.ts';

const cloneRoot = join(import.meta.dirname, '..', '..', '..');

/** Runs one command line to its end and sets the exit code; see `docs/errors.md`. */
export async function runCommandLine(argv: readonly string[]): Promise<void> {
  let json = argv.includes('--json');
  const program = buildProgram(async (globals, use) => {
    json = globals.json === true;
    await withContext(globals, use);
  });
  // commander itself must not end the process: output to a pipe would be cut off.
  for (const command of [program, ...program.commands, ...program.commands.flatMap((group) => group.commands)]) {
    command.exitOverride();
  }
  try {
    await program.parseAsync([...argv]);
  } catch (error) {
    process.exitCode = report(error, json);
  }
}

async function withContext(globals: GlobalOptions, use: (context: CommandContext) => Promise<void>): Promise<void> {
  const settings = readSettings(globals);
  const interrupt = new AbortController();
  const onInterrupt = () => {
    if (interrupt.signal.aborted) process.exit(130);
    process.stderr.write('\ncancelling … (again to stop at once; nothing that was finished is lost)\n');
    interrupt.abort();
  };
  process.on('SIGINT', onInterrupt);
  process.on('SIGTERM', onInterrupt);
  let connection: Promise<Connection> | undefined;
  try {
    await use({
      terminal: process,
      settings,
      json: globals.json === true,
      signal: interrupt.signal,
      connect: () => {
        connection ??= connect(settings);
        return connection;
      },
    });
  } finally {
    await connection?.then(
      (open) => open.close(),
      () => undefined,
    );
    process.off('SIGINT', onInterrupt);
    process.off('SIGTERM', onInterrupt);
  }
}

/** A relative state folder is one of the clone, wherever the command is called from, unless it is given by the option. */
function readSettings(globals: GlobalOptions): Settings {
  const settings = parseSettings(process.env);
  const folder =
    globals.stateDir === undefined ? resolve(cloneRoot, settings.DAYTRADE_STATE_DIR) : resolve(globals.stateDir);
  return { ...settings, DAYTRADE_STATE_DIR: folder };
}

function report(error: unknown, json: boolean): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  const known = isDayTradeError(error) ? error : asDayTradeError(error);
  const { code, message, details } = known;
  const entry = known.entry;
  if (json) {
    process.stderr.write(`${JSON.stringify({ error: { code, message, remedy: entry.remedy, details } })}\n`);
  } else {
    process.stderr.write(`error: ${message}\n  ${entry.remedy} [${code}]\n`);
    if (known.kind === 'bug' && error instanceof Error) process.stderr.write(`${error.stack ?? ''}\n`);
  }
  return entry.exitCode;
}
