import type { Settings } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import { type CommandContext, type CommandGlobals, everyCommand } from './define-command.ts';
import { endBySignal, endLater } from './end-by-signal.ts';
import { reportError, type Terminal } from './output/terminal.ts';
import { type Connection, connect } from './platform/connect.ts';
import { loadProgram } from './program.ts';
import { readSettings } from './settings/read-settings.ts';

const cancelling = 'cancelling what runs … (again to stop at once; nothing that was finished is lost)';

/** Runs one command line to its end and sets the exit code; see `docs/errors.md`. */
export async function runCommandLine(argv: readonly string[], terminal: Terminal = process): Promise<void> {
  // A service reports its errors to whatever reads its log.
  const json = argv.includes('--json') || argv[2] === 'serve';
  const program = await loadProgram(argv, (purpose, globals, use) => withContext(terminal, purpose, globals, use));
  for (const command of everyCommand(program)) {
    // commander itself must not end the process: output to a pipe would be cut off.
    command.exitOverride();
    command.configureOutput({
      writeOut: (text) => void terminal.stdout.write(text),
      // With --json the error is reported as JSON, below.
      writeErr: (text) => void (json || terminal.stderr.write(text)),
    });
  }
  try {
    await program.parseAsync([...argv]);
  } catch (error) {
    process.exitCode = reportError(error, json, terminal);
  }
}

async function withContext(
  terminal: Terminal,
  purpose: string,
  globals: CommandGlobals,
  use: (context: CommandContext) => Promise<void>,
): Promise<void> {
  const { settings, ...origin } = await readSettings(process.env, globals);
  const interrupt = new AbortController();
  let interruptedBy: NodeJS.Signals | undefined;
  let callOff: (() => void) | undefined;
  const endUnlessOver = (signal: NodeJS.Signals, seconds: number) => {
    callOff?.();
    callOff = endLater(signal, seconds, () =>
      reportError(doesNotEnd, globals.isService || globals.json === true, terminal),
    );
  };
  const onInterrupt = (signal: NodeJS.Signals) => {
    if (interrupt.signal.aborted) endBySignal(signal);
    if (!globals.isService) terminal.stderr.write(`\n${globals.whenInterrupted ?? cancelling}\n`);
    interruptedBy = signal;
    endUnlessOver(signal, globals.endSeconds ?? longestEndSeconds(settings));
    interrupt.abort();
  };
  process.on('SIGINT', onInterrupt);
  process.on('SIGTERM', onInterrupt);
  let connection: Promise<Connection> | undefined;
  try {
    await use({
      terminal,
      stdin: () => process.stdin,
      settings,
      ...origin,
      json: globals.json === true,
      signal: interrupt.signal,
      connect: () => {
        connection ??= connect(settings, purpose);
        return connection;
      },
    });
  } finally {
    const open = await connection?.catch(() => undefined);
    await open?.close();
    process.off('SIGINT', onInterrupt);
    process.off('SIGTERM', onInterrupt);
    // All is closed and written. Only something that cannot be stopped still holds the process.
    if (interruptedBy !== undefined) endUnlessOver(interruptedBy, 1);
  }
}

/**
 * Requests are drained, then the queue, which waits for handlers that do not stop; what closes after it takes a moment.
 */
function longestEndSeconds({ DAYTRADE_DRAIN_PAUSE_SECONDS: pause, DAYTRADE_DRAIN_SECONDS: drain }: Settings): number {
  return pause + 2 * drain + 15;
}

const doesNotEnd = new DayTradeError(
  'service.unavailable',
  'something does not stop, so the process is ended; nothing that was finished is lost',
);
