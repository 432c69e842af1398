/** Where a command writes: results to `stdout`, everything about the way there to `stderr`. */
export interface Terminal {
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
}

/** Width of the terminal in characters; 100 where the output is no terminal. */
export function columnsOf(terminal: Terminal): number {
  return terminal.stdout.columns ?? 100;
}

/** Prints a value as JSON for a script, or as the text for a person. */
export function printResult(terminal: Terminal, json: boolean, value: unknown, text: () => string): void {
  terminal.stdout.write(`${json ? JSON.stringify(value, null, 2) : text()}\n`);
}
