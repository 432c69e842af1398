import { type CommandContext, type CommandGlobals, everyCommand } from './define-command.ts';
import { say, speak } from './language/language.ts';
import { reportError, type Terminal } from './output/terminal.ts';
import { type Connection, connect } from './platform/connect.ts';
import { loadProgram } from './program.ts';
import { languageOfSettings, readSettings } from './settings/read-settings.ts';

const cancelling = 'cancelling what runs … (again to stop at once; nothing that was finished is lost)';

/** Runs one command line to its end and sets the exit code; see `docs/errors.md`. */
export async function runCommandLine(argv: readonly string[], terminal: Terminal = process): Promise<void> {
  // Scripts read JSON, and whatever reads the log of a service its errors: both are in English.
  const json = argv.includes('--json') || argv[2] === 'serve';
  await speak(json ? 'en' : await languageOfSettings(process.env));
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
  const onInterrupt = (signal: NodeJS.Signals) => {
    if (interrupt.signal.aborted) endBySignal(signal);
    if (!globals.isService) terminal.stderr.write(`\n${say(cancelling)}\n`);
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
  }
}

/**
 * Ends the process at once, as the signal does by itself. `process.exit` waits for the threads of the system, and one
 * that opens a file which never opens (a pipe without a writer, a network drive that is gone) never comes back.
 */
function endBySignal(signal: NodeJS.Signals): void {
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
  // Signals from within spare the first process of a container.
  if (process.pid === 1) process.abort();
}
