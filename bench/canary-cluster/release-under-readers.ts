import { RunningProcess, repositoryRoot } from '../../tests/support/running-process.ts';
import { Readers, type Reading } from './readers.ts';

/** A step of a release: the share that it should have had, and who answered in its last interval. */
export interface MeasuredStep {
  /** Percent. */
  readonly weight: number;
  readonly action: string;
  readonly reason: string;
  readonly answered: number;
  readonly byCanary: number;
}

/** What became of a release that readers asked all the while. */
export interface MeasuredRelease {
  readonly exitCode: number | null;
  readonly seconds: number;
  readonly steps: readonly MeasuredStep[];
  readonly requests: number;
  /** Failures that the bad version did not make up: the stable one would have answered. */
  readonly lost: readonly string[];
  readonly stderr: string;
}

export interface ReleaseOptions {
  /** Arguments of `daytrade deploy`. */
  readonly args: readonly string[];
  readonly url: string;
  readonly token: string;
  readonly perSecond: number;
  readonly intervalSeconds: number;
}

const timeoutSeconds = 1_800;
/** A gateway hears of new weights within two seconds. */
const settleSeconds = 3;

/** Deploys while readers ask, and measures who answered them. */
export async function releaseUnderReaders(options: ReleaseOptions): Promise<MeasuredRelease> {
  const readers = new Readers(options.url, options.token, options.perSecond);
  const command = ['apps/cli/src/main.ts', 'deploy', ...options.args];
  const deploying = new RunningProcess(process.execPath, command, { folder: repositoryRoot, timeoutSeconds });
  const ends = new Map<string, number>();
  const noticed = setInterval(() => {
    for (const [line] of deploying.stderr.matchAll(judged)) if (!ends.has(line)) ends.set(line, Date.now());
  }, 50);
  try {
    const { exitCode, seconds, stderr } = await deploying.finished;
    const readings = await readers.stop();
    const steps = [...ends].map(([line, at]) => stepOf(line, at, readings, options.intervalSeconds));
    const lost = readings.filter(({ failure, isFault }) => failure !== undefined && !isFault);
    return { exitCode, seconds, steps, requests: readings.length, lost: lost.map(inWords(readings)), stderr };
  } finally {
    clearInterval(noticed);
    await readers.stop();
  }
}

const judged = /^.*canary at [\d.]+ %: (?:hold|advance|promote|roll-back): .*$/gm;

function stepOf(line: string, at: number, readings: readonly Reading[], intervalSeconds: number): MeasuredStep {
  const [, weight = '', action = '', reason = ''] = /canary at ([\d.]+) %: (\S+): (.*)$/.exec(line) ?? [];
  const from = at - (intervalSeconds - settleSeconds) * 1_000;
  const within = readings.filter((reading) => reading.at >= from && reading.at < at);
  const byCanary = within.filter((reading) => reading.byCanary).length;
  return { weight: Number(weight), action, reason, answered: within.length, byCanary };
}

const inWords =
  ([first]: readonly Reading[]) =>
  ({ at, byCanary, failure }: Reading) =>
    `${((at - (first?.at ?? at)) / 1_000).toFixed(1)} s: ${failure}${byCanary ? ' by the canary' : ''}`;
