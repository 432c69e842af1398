import type { Terminal } from './terminal.ts';

/**
 * The name by which the program was called, as the launcher of a clone says it: `./daytrade` there, where nothing is on
 * the PATH. The program uses this name wherever it mentions its own commands.
 */
export const commandName: string = quotedForShell(process.env.CALLED_AS || 'daytrade');

/** A path as a shell takes it, also one with spaces. */
export function quotedForShell(path: string): string {
  return /^[\p{L}\p{N}_./~-]+$/u.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`;
}

/** A command of ours in a text, by the name that the texts use: not a part of a path or of another word. */
const ownCommand = /(?<![\w./@-])daytrade(?= (?:[a-z]|\[))/g;

/** Gives a text the name by which the program was called. */
export function asCalled(text: string, name: string): string {
  return name === 'daytrade' ? text : text.replaceAll(ownCommand, () => name);
}

/** A terminal on which every text names the program as it was called. Not for JSON, which is for programs. */
export function terminalAsCalled({ stdout, stderr }: Terminal, name: string): Terminal {
  if (name === 'daytrade') return { stdout, stderr };
  return { stdout: streamAsCalled(stdout, name), stderr: streamAsCalled(stderr, name) };
}

function streamAsCalled(stream: NodeJS.WriteStream, name: string): NodeJS.WriteStream {
  return new Proxy(stream, {
    get: (target, property) => {
      if (property === 'write') {
        return (text: string | Uint8Array) => target.write(typeof text === 'string' ? asCalled(text, name) : text);
      }
      const value: unknown = Reflect.get(target, property, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
