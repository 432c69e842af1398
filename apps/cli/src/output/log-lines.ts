import { japanTime } from '@daytrade/market';

/** Names of pino's levels for a person. */
const levels: Readonly<Record<number, string>> = { 30: 'info', 40: 'warning', 50: 'error', 60: 'fatal' };

/**
 * Where a logger writes for a person: each JSON line becomes `15:30:00 warning ml-service: message` (Japan time), on a
 * line of its own even while a progress line is being drawn.
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
