import { type LeftOut, leftOutSchema } from '@daytrade/contracts';
import { programName } from '../program-name.ts';
import { printNote, type Terminal } from './terminal.ts';

/** Names on standard error the symbols that something was done without, and what to do about it. */
export function reportLeftOut(terminal: Pick<Terminal, 'stderr'>, leftOut: LeftOut): void {
  for (const { symbol, message } of leftOut) {
    printNote(terminal, `left out ${symbol}: ${message}. Import its bars again: ${programName} import FOLDER`);
  }
}

/** What the result of a run says was left out; nothing where it says nothing. */
export function leftOutOf(result: Readonly<Record<string, unknown>>): LeftOut {
  return leftOutSchema.safeParse(result.leftOut).data ?? [];
}
