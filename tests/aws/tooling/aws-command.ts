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

/** What `aws …` says when it is refused, with the credentials given; empty when it is not. */
export async function refusalOf(
  simulator: Simulator,
  args: readonly string[],
  credentials: Readonly<Record<string, string>>,
): Promise<string> {
  const { command } = await awsPython();
  const environment = { ...simulator.environment, ...credentials };
  const ended = await run(command('aws'), [...args, '--output', 'json'], { environment, allowed: [0, 252, 254, 255] });
  return ended.exitCode === 0 ? '' : ended.stderr;
}
