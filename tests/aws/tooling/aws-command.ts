import { run } from '../../support/steps.ts';
import { awsPython } from './aws-python.ts';
import type { Simulator } from './simulator.ts';

/** Runs `aws …` against the simulated account and gives what it printed. @throws Error with its output when it fails */
export async function aws(
  simulator: Simulator,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<string> {
  const { command } = await awsPython();
  const ended = await run(command('aws'), [...args, '--output', 'json'], {
    environment: { ...simulator.environment, ...environment },
  });
  return ended.stdout;
}
