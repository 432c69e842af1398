import { fork, type StdioOptions, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { deserialize, serialize } from 'node:v8';
import type { MemberRows, OwnFile } from '@daytrade/ensemble';
import { DayTradeError, reviveError, type SerialisedError } from '@daytrade/errors';
import type { Panel } from '@daytrade/series';
import type { BacktestInput, DecisionInput } from '@daytrade/trading';

/** Message to the process of a file; without work it answers with what the file says of itself. */
export type OwnTask = { readonly file: OwnFile } & (
  | { readonly kind: 'strategies'; readonly backtest?: BacktestInput; readonly decide?: DecisionInput }
  | { readonly kind: 'features'; readonly panel?: Panel; readonly audit?: boolean }
  | { readonly kind: 'members'; readonly train?: MemberTraining; readonly predict?: MemberPrediction }
);

interface MemberTraining {
  readonly rows: MemberRows;
  readonly target: Float64Array;
  readonly seed: number;
}

interface MemberPrediction {
  readonly rows: MemberRows;
  readonly state: Uint8Array;
}

/** Message from the process of a file. */
export type OwnAnswer =
  | { readonly fraction: number }
  | { readonly result: unknown }
  | { readonly error: SerialisedError };

const entry = fileURLToPath(new URL('./own.worker.ts', import.meta.url));
/** Folders of the code. In an image the entry lies in the folder of the bundle. */
const code = [
  fileURLToPath(new URL('../../../../packages', import.meta.url)),
  fileURLToPath(new URL('../../../../services', import.meta.url)),
  fileURLToPath(new URL('../../../../node_modules', import.meta.url)),
  dirname(entry),
];

/** Node's permission model: the process reads the code of the platform, and nothing else. */
const permissions = () => [
  '--permission',
  ...code.filter((folder) => existsSync(folder)).map((folder) => `--allow-fs-read=${folder}`),
  '--no-warnings',
];

/** Runs a task in a process of its own, without the environment and its secrets. */
export function askProcess(
  task: OwnTask,
  signal?: AbortSignal,
  onProgress?: (fraction: number) => void,
): Promise<unknown> {
  const stdio: StdioOptions = ['ignore', 'ignore', 'pipe', 'ipc'];
  const same = { execArgv: permissions(), env: {}, serialization: 'advanced', killSignal: 'SIGKILL', stdio } as const;
  return new Promise((resolve, reject) => {
    const child = fork(entry, signal === undefined ? same : { ...same, signal });
    let complaint = '';
    child.stderr?.on('data', (text: Buffer) => {
      complaint = (complaint + text.toString()).slice(-500);
    });
    child.on('message', (answer: OwnAnswer) => {
      if ('fraction' in answer) onProgress?.(answer.fraction);
      else if ('result' in answer) resolve(answer.result);
      else reject(reviveError(answer.error));
    });
    child.once('error', (error) => reject(signal?.aborted === true ? signal.reason : error));
    child.once('close', (exitCode) => reject(ended(task, `its process ended (${exitCode}): ${complaint}`)));
    child.send(task);
  });
}

/** Minutes after which a call that a thread waits for is stopped. */
const longestCall = 10;

/** Runs a task as {@link askProcess} does, in a worker thread, which waits for it. */
export function callProcess(task: OwnTask): unknown {
  const { output, status, stderr, error } = spawnSync(process.execPath, [...permissions(), entry], {
    input: serialize(task),
    env: {},
    stdio: ['pipe', 'ignore', 'pipe', 'pipe'],
    maxBuffer: Infinity,
    timeout: longestCall * 60_000,
    killSignal: 'SIGKILL',
  });
  const bytes = output?.[3] as Buffer | null | undefined;
  if ((error as NodeJS.ErrnoException | undefined)?.code === 'ETIMEDOUT') {
    throw ended(task, `it did not end within ${longestCall} minutes`);
  }
  if (error !== undefined) throw error;
  if (!bytes?.length) throw ended(task, `its process ended (${status}): ${stderr.toString().slice(-500)}`);
  const answer = deserialize(bytes) as OwnAnswer;
  if ('error' in answer) throw reviveError(answer.error);
  return 'result' in answer ? answer.result : undefined;
}

function ended({ kind, file }: OwnTask, how: string): DayTradeError {
  return new DayTradeError('input.invalid', `${kind}/${file.name}.ts: ${how}`);
}
