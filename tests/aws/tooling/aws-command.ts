import { join } from 'node:path';
import { RunningProcess } from '../../support/running-process.ts';
import { awsPython } from './aws-python.ts';
import type { Simulator } from './simulator.ts';

type Variables = Readonly<Record<string, string>>;

let commandLine: Promise<RunningProcess> | undefined;
let asked = 0;

/** Runs `aws …` against the simulated account and gives what it printed. @throws Error with its output when it fails */
export async function aws(simulator: Simulator, args: readonly string[], environment: Variables = {}): Promise<string> {
  return (await run(simulator, args, environment, [0])).stdout;
}

/** What `aws …` says when it is refused, with the credentials given; empty when it is not. */
export async function refusalOf(simulator: Simulator, args: readonly string[], credentials: Variables) {
  const { exitCode, stderr } = await run(simulator, args, credentials, [0, 252, 254, 255]);
  return exitCode === 0 ? '' : stderr;
}

/** Runs a command in the one process of a test file, since a start takes longer than most commands. */
async function run(simulator: Simulator, args: readonly string[], more: Variables, allowed: readonly number[]) {
  const running = await (commandLine ??= start());
  const before = asked++;
  const environment = { ...simulator.environment, ...more };
  running.type(`${JSON.stringify({ args: [...args, '--output', 'json'], environment })}\n`);
  const [, answer = ''] = await running.until('stdout', new RegExp(`^(?:.*\n){${before}}(.*)\n`));
  const ended: { readonly exitCode: number; readonly stdout: string; readonly stderr: string } = JSON.parse(answer);
  if (allowed.includes(ended.exitCode)) return ended;
  throw new Error(`aws ${args.join(' ')} ended with ${ended.exitCode}: ${ended.stderr}`);
}

async function start(): Promise<RunningProcess> {
  const { python } = await awsPython();
  const script = join(import.meta.dirname, 'commands.py');
  return new RunningProcess(python, ['-u', script], { isTyped: true, timeoutSeconds: 3000 });
}
