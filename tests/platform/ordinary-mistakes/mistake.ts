import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Exit codes, as `daytrade --help` lists them. */
export const exitCodes = { done: 0, badInput: 2, notFound: 3, conflict: 4, dependency: 5 } as const;

/** Where a mistake finds what it needs. */
export interface Place {
  readonly folder: string;
  /** The state folder that the command works on. */
  readonly state: string;
}

/** What a person does, and what the command must say. */
export interface Mistake {
  readonly name: string;
  /** The words behind `daytrade`; FOLDER and STATE stand for the folders of its place. */
  readonly command: string;
  /** What is in the folder before. */
  readonly prepare?: (place: Place) => void;
  readonly environment?: Readonly<Record<string, string>>;
  /** Made by a process of its own, as all of them are by a person: what reads its surroundings, or may never end. */
  readonly ownProcess?: true;
  readonly exit: keyof typeof exitCodes;
  /** All of them stand in what is printed. */
  readonly says: readonly RegExp[];
}

/** A command that needs nothing before it. */
export function typed(
  name: string,
  command: string,
  says: readonly RegExp[],
  exit: Mistake['exit'] = 'badInput',
): Mistake {
  return { name, command, exit, says };
}

export function importing(name: string, file: string, content: string | Buffer, says: readonly RegExp[]): Mistake {
  const prepare = ({ folder }: Place) => write(join(folder, file), content);
  return { ...typed(name, 'import FOLDER', says), prepare };
}

/** Writes a file with the folders above it. */
export function write(path: string, content: string | Buffer): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}
