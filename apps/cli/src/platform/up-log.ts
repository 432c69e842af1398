import { japanTime } from '@daytrade/market';
import { createLogger, type Logger } from '@daytrade/service';
import stringWidth from 'string-width';
import type { CommandContext } from '../define-command.ts';
import { say } from '../language/language.ts';
import { duration } from '../output/format.ts';

/**
 * Returns the log of the services of `daytrade up`. It goes to standard error: standard output has the addresses alone.
 * A terminal gets words, and only warnings and errors unless the settings name a level. Anything else gets JSON lines.
 */
export function upLogger({ terminal: { stderr }, settings, settingSources }: CommandContext): Logger {
  if (!stderr.isTTY) return createLogger({ level: settings.DAYTRADE_LOG_LEVEL, destination: stderr });
  const level = settingSources.has('DAYTRADE_LOG_LEVEL') ? settings.DAYTRADE_LOG_LEVEL : 'warn';
  return createLogger({ level, destination: readableLog(stderr) });
}

/** Names of pino's levels for a person. */
const levels: Readonly<Record<number, string>> = { 30: 'info', 40: 'warning', 50: 'error', 60: 'fatal' };

/**
 * Returns a destination of a logger for a terminal. A JSON line becomes `15:30:00 warning ml-service: message`, with
 * the time in Japan. It replaces the progress line that is being drawn.
 */
export function readableLog(stream: Pick<NodeJS.WriteStream, 'write'>): { write(line: string): void } {
  return { write: (line) => void stream.write(`\r\u001b[2K${inWords(line)}\n`) };
}

function inWords(line: string): string {
  const { time, level, service, msg, err } = JSON.parse(line) as LogLine;
  const reason = err === undefined || err.message === msg ? '' : ` (${err.message})`;
  return `${japanTime(time)} ${levels[level] ?? 'debug'} ${service ?? 'daytrade'}: ${msg}${reason}`;
}

interface LogLine {
  readonly time: number;
  readonly level: number;
  readonly service?: string;
  readonly msg: string;
  readonly err?: { readonly message: string };
}

const titleWidth = 36;
const timeWidth = 10;

/** Reports on standard error what a start does and where its time goes. */
export class StepLog {
  readonly #stream: Pick<NodeJS.WriteStream, 'write'>;
  readonly #started = performance.now();

  constructor(stream: Pick<NodeJS.WriteStream, 'write'>) {
    this.#stream = stream;
  }

  /** Does one step and prints its name with its time. */
  async step<Value>(title: string, action: () => Promise<Value>): Promise<Value> {
    const started = performance.now();
    const value = await action();
    this.#timed(title, performance.now() - started);
    return value;
  }

  /** Prints how long the code took to load, before the first step. */
  loaded(): void {
    this.#timed('load the code', this.#started);
  }

  /** Prints something worth knowing between two steps. */
  note(title: string, text: string): void {
    const said = say(title);
    this.#stream.write(`  ${said}${blanksFor(said, titleWidth)} ${text}\n`);
  }

  /** Seconds since the start of the process, which includes loading the code. */
  get totalSeconds(): number {
    return performance.now() / 1000;
  }

  #timed(title: string, milliseconds: number): void {
    const time = duration(milliseconds / 1000);
    this.note(title, `${blanksFor(time, timeWidth)}${time}`);
  }
}

/** Returns the blanks that fill a text up to a width; Japanese characters have two columns. */
function blanksFor(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - stringWidth(text)));
}
