import { asDayTradeError, DayTradeError, isDayTradeError } from '@daytrade/errors';
import { CommanderError } from 'commander';
import { withProgramName } from '../program-name.ts';
import { visible } from './format.ts';
import type { Terminal } from './terminal.ts';

/**
 * Reports on standard error what went wrong and what to do about it, as JSON for a script.
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
    // Leads whoever has to act to the lines of the services' logs.
    const request =
      known.kind !== 'user' && typeof details.requestId === 'string' ? `, request ${details.requestId}` : '';
    stderr.write(`error: ${visible(message)}\n  ${withProgramName(entry.remedy)} [${code}${request}]\n`);
    if (known.kind === 'bug' && error instanceof Error) stderr.write(`${error.stack ?? ''}\n`);
  }
  return entry.exitCode;
}

const badInput = 2;

function knownError(error: unknown): DayTradeError {
  if (isDayTradeError(error)) return error;
  if (!(error instanceof CommanderError)) return asDayTradeError(error);
  const message = error.code === 'commander.help' ? 'a command is missing' : error.message.replace(/^error: /, '');
  return new DayTradeError('input.invalid', message);
}
