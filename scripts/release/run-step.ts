import { type ParseArgsConfig, parseArgs } from 'node:util';

/** Options by name, as they were given. */
export type Given = Readonly<Record<string, string | undefined>>;

/** A program whose first argument is one of its steps. */
interface Program {
  /** The beginning of its error messages. */
  readonly name: string;
  readonly help: string;
  /** Names of its options, each of which takes a text. */
  readonly options: readonly string[];
  readonly steps: Readonly<Record<string, (given: Given, names: readonly string[]) => void | Promise<void>>>;
}

/** Runs the step that the command line names. Exit code: 0 done, 1 not. */
export async function runStep({ name, help, options, steps }: Program): Promise<void> {
  const texts = options.map((option) => [option, { type: 'string' }] as const);
  const config = {
    allowPositionals: true,
    options: { ...Object.fromEntries(texts), help: { type: 'boolean', default: false } },
  } satisfies ParseArgsConfig;
  try {
    const { values, positionals } = parseArgs(config);
    const [asked, ...names] = positionals;
    const step = steps[asked ?? ''];
    const { help: asksForHelp, ...given } = values;
    if (asksForHelp) process.stdout.write(help);
    else if (step === undefined) throw new Error(`${asked ?? 'no step'}: one of ${Object.keys(steps).join(', ')}`);
    else await step(given as Given, names);
  } catch (error) {
    console.error(`${name}: ${(error as Error).message}`);
    process.exitCode = 1;
  }
}

/** The text of an option. @throws Error when it was not given */
export function needed(given: Given, option: string): string {
  const value = given[option];
  if (value === undefined || value === '') throw new Error(`--${option} is missing`);
  return value;
}
