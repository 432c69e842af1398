import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pythonEnvironment } from '../../../support/python.ts';

export type Argument = { readonly parameter: number } | { readonly value: string };

/** A statement of T-SQL as the stand-in executes it; a lock is a statement that goes before. */
export type Translated =
  | { readonly sql: string; readonly lock?: string }
  | { readonly set: string; readonly value: string }
  | { readonly execute: string; readonly into: string | null; readonly with: Readonly<Record<string, Argument>> }
  | { readonly variable: string; readonly as: string }
  | { readonly refused: string };

/** Translates T-SQL, each text once. */
export class Translator {
  readonly #process: ChildProcess;
  readonly #waiting: ((answer: readonly Translated[]) => void)[] = [];
  readonly #known = new Map<string, Promise<readonly Translated[]>>();

  private constructor(process: ChildProcess) {
    this.#process = process;
    if (process.stdout === null) throw new TypeError('the translator has no output');
    createInterface({ input: process.stdout }).on('line', (line) => {
      this.#waiting.shift()?.(JSON.parse(line) as readonly Translated[]);
    });
    process.once('exit', () => {
      for (const answer of this.#waiting.splice(0)) answer([{ refused: 'the translator ended' }]);
    });
  }

  static async start(): Promise<Translator> {
    const { python } = await pythonEnvironment('sqlglot', join(import.meta.dirname, 'requirements.txt'));
    const script = join(import.meta.dirname, 'translate.py');
    return new Translator(spawn(python, [script], { stdio: ['pipe', 'pipe', 'inherit'] }));
  }

  translate(text: string): Promise<readonly Translated[]> {
    const known = this.#known.get(text) ?? this.#ask(text);
    this.#known.set(text, known);
    return known;
  }

  close(): void {
    this.#process.kill();
  }

  #ask(text: string): Promise<readonly Translated[]> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      this.#process.stdin?.write(`${JSON.stringify(text)}\n`);
    });
  }
}
