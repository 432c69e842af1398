/**
 * The name by which the program was called, as messages and help name its commands: `./daytrade` in a clone, where
 * nothing is on the PATH. The launcher of a clone sets `CALLED_AS`.
 */
export const programName: string = quotedForShell(process.env.CALLED_AS || 'daytrade');

function quotedForShell(path: string): string {
  return /^[\p{L}\p{N}_./~-]+$/u.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`;
}

/** Names the program in a constant text, such as help or a remedy, which writes its commands as `daytrade NAME`. */
export function withProgramName(constantText: string): string {
  return constantText.replaceAll(/\bdaytrade (?=[a-z])/g, () => `${programName} `);
}
