import { visible } from './format.ts';

/** Where a command writes: results to `stdout`, everything about the way there to `stderr`. */
export interface Terminal {
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
}

/** Width of the terminal in characters; 100 where the output is not a terminal. */
export function columnsOf({ stdout }: Terminal): number {
  return stdout.columns ?? 100;
}

/** Whether results may be coloured: in a terminal, unless the person asked for none (no-color.org). */
export function showsColour({ stdout }: Terminal, noColour = process.env.NO_COLOR): boolean {
  return stdout.isTTY === true && (noColour ?? '') === '';
}

/**
 * Prints a value as JSON for a script, or as the text for a person, in which nothing but colours steers the terminal.
 */
export function printResult(terminal: Terminal, json: boolean, value: unknown, text: () => string): void {
  terminal.stdout.write(`${json ? JSON.stringify(value, null, 2) : text().split(colour).map(harmless).join('')}\n`);
}

/** Prints what a person has to know beside the result. */
export function printNote({ stderr }: Pick<Terminal, 'stderr'>, text: string): void {
  stderr.write(`${visible(text)}\n`);
}

/** Our own colours, kept as they are by splitting around them. */
const colour = /(\p{Cc}\[[0-9;]*m)/u;
const escapeCharacter = '\u001b';

function harmless(part: string): string {
  return part.startsWith(escapeCharacter) && colour.test(part) ? part : visible(part);
}
