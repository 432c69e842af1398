import { type LeftOut, leftOutSchema } from '@daytrade/contracts';
import { asDayTradeError, DayTradeError, type ErrorCode, errorCodes, isDayTradeError } from '@daytrade/errors';
import { errorsInJapanese } from '@daytrade/errors/japanese';
import { CommanderError } from 'commander';
import { say, spokenLanguage } from '../language/language.ts';
import { programName, withProgramName } from '../program-name.ts';
import { visible } from './format.ts';

/** Streams of a command: results go to `stdout`, everything else to `stderr`. */
export interface Terminal {
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
}

/** Prints a value as JSON for a script, or as text for a person. Nothing in the text steers the terminal. */
export function printResult(
  { terminal, json }: { readonly terminal: Terminal; readonly json: boolean },
  value: unknown,
  text: () => string,
): void {
  terminal.stdout.write(`${json ? JSON.stringify(value, null, 2) : visible(text())}\n`);
}

/** Prints a note beside the result. */
export function printNote({ stderr }: Pick<Terminal, 'stderr'>, text: string): void {
  stderr.write(`${visible(text)}\n`);
}

/** Names on standard error the symbols that were left out, and the remedy. */
export function reportLeftOut(terminal: Pick<Terminal, 'stderr'>, leftOut: LeftOut): void {
  for (const { symbol, message } of leftOut) {
    printNote(terminal, say`left out ${symbol}: ${message}. Import its bars again: ${programName} import FOLDER`);
  }
}

/** Returns the symbols that the result of a run left out. */
export function leftOutOf(result: Readonly<Record<string, unknown>>): LeftOut {
  return leftOutSchema.safeParse(result.leftOut).data ?? [];
}

/**
 * Reports an error with its remedy on standard error, as JSON for a script.
 *
 * @returns the exit code of the error's code; see `docs/errors.md`
 */
export function reportError(error: unknown, json: boolean, { stderr }: Pick<Terminal, 'stderr'>): number {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return 0;
    // commander has already reported it to a person, with the nearest command or option.
    if (!json) return badInput;
  }
  const known = knownError(error);
  const { code, message, details, entry } = known;
  if (json) {
    stderr.write(`${JSON.stringify({ error: { code, message, remedy: entry.remedy, details } })}\n`);
  } else {
    // The request's id leads an operator to the log lines of the services.
    const request =
      known.kind !== 'user' && typeof details.requestId === 'string' ? `, request ${details.requestId}` : '';
    stderr.write(`${errorInWords(code, visible(message))} [${code}${request}]\n`);
    if (known.kind === 'bug' && error instanceof Error) stderr.write(`${error.stack ?? ''}\n`);
  }
  return entry.exitCode;
}

const badInput = 2;

/** Returns message and remedy. In Japanese the message of a service, which is English, follows the code's title. */
function errorInWords(code: ErrorCode, message: string): string {
  const remedy = remedyInWords({ code });
  if (spokenLanguage() === 'en') return `error: ${message}\n  ${remedy}`;
  return `エラー: ${errorsInJapanese[code].title}\n  原文: ${message}\n  ${remedy}`;
}

/** Returns what to do about an error. */
export function remedyInWords({ code }: Pick<DayTradeError, 'code'>): string {
  return withProgramName((spokenLanguage() === 'en' ? errorCodes : errorsInJapanese)[code].remedy);
}

export function faultInWords({ code, message }: { readonly code: string; readonly message: string }): string {
  const title = spokenLanguage() === 'en' ? undefined : errorsInJapanese[code as ErrorCode]?.title;
  return title === undefined ? message : `${title}（原文: ${message}）`;
}

function knownError(error: unknown): DayTradeError {
  if (isDayTradeError(error)) return error;
  if (!(error instanceof CommanderError)) return asDayTradeError(error);
  const message = error.code === 'commander.help' ? 'a command is missing' : error.message.replace(/^error: /, '');
  return new DayTradeError('input.invalid', message);
}

/** Text for a person from the result of any job: a line a field, nested fields indented. */
export function resultLines(value: object, indent = ''): string {
  return Object.entries(value)
    .map(([name, field]) => `${indent}${say(wordsOf(name))}:${fieldText(field, `${indent}  `)}`)
    .join('\n');
}

function wordsOf(name: string): string {
  return name.replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

function fieldText(field: unknown, indent: string): string {
  if (Array.isArray(field)) {
    if (field.length === 0) return ` ${say`none`}`;
    if (field.every((item) => typeof item !== 'object')) return ` ${field.join(', ')}`;
    return field.map((item) => `\n${indent}- ${resultLines(item as object, `${indent}  `).trimStart()}`).join('');
  }
  if (typeof field === 'object' && field !== null && Object.keys(field).length > 0) {
    return `\n${resultLines(field, indent)}`;
  }
  if (typeof field === 'boolean') return ` ${field ? say`yes` : say`no`}`;
  return typeof field === 'number' || typeof field === 'string' ? ` ${field}` : ` ${say`none`}`;
}
