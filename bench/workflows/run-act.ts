import { writeFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';
import { RunningProcess } from '../../tests/support/running-process.ts';

/** A job that act ran. */
export interface ActJob {
  readonly id: string;
  readonly result: string;
  /** Of its work. */
  readonly seconds: number;
  /** Seconds that it waited for the cluster beside that. */
  readonly waited: number;
}

/** The step in whose place the stand-in waits. */
const waitingStep = 'Scan what is in it';

/** A run of a workflow by act. */
export interface ActRun {
  readonly exitCode: number | null;
  /** In the order in which they ended; a job that was skipped is none of them. */
  readonly jobs: readonly ActJob[];
  /** What the steps printed, and which failed. */
  readonly log: string;
  /** What the steps wrote on the run's page. */
  readonly summary: string;
}

/** A line of act's log. */
interface Line {
  readonly jobID?: string;
  readonly jobResult?: string;
  readonly step?: string;
  readonly stepResult?: string;
  /** Nanoseconds. */
  readonly executionTime?: number;
  readonly command?: string;
  readonly content?: string;
  readonly msg: string;
  readonly time: string;
}

const secondsBetweenLogs = 5;

/** Runs act. @param file what was logged so far, for whoever looks on */
export async function runAct(
  args: readonly string[],
  folder: string,
  file: string,
  environment: Readonly<Record<string, string>>,
): Promise<ActRun> {
  const started = new RunningProcess('act', [...args, '--json'], { folder, environment, timeoutSeconds: 7200 });
  const write = () => writeFileSync(file, `${readLog(started.stdout).log}${started.stderr}`);
  const writing = setInterval(write, 1000 * secondsBetweenLogs);
  const { exitCode, stdout } = await started.finished.finally(() => clearInterval(writing));
  write();
  return { exitCode, ...readLog(stdout) };
}

/** Reads the log of act, without the colours of its programs. */
export function readLog(text: string): Omit<ActRun, 'exitCode'> {
  const lines = text
    .split('\n')
    .filter((line) => line.startsWith('{') && line.endsWith('}'))
    .map((line): Line => JSON.parse(line));
  const began = new Map<string, number>();
  const waits = new Map<string, number>();
  const jobs: ActJob[] = [];
  for (const { jobID: id, jobResult: result, step, stepResult, executionTime = 0, time } of lines) {
    if (id === undefined) continue;
    const first = began.get(id) ?? Date.parse(time);
    began.set(id, first);
    if (step === waitingStep && stepResult !== undefined) waits.set(id, executionTime / 1e9);
    const waited = waits.get(id) ?? 0;
    if (result !== undefined) jobs.push({ id, result, seconds: (Date.parse(time) - first) / 1000 - waited, waited });
  }
  return {
    jobs,
    log: lines.map(({ jobID = '', msg }) => `${jobID}: ${stripVTControlCharacters(msg).trimEnd()}\n`).join(''),
    summary: lines.flatMap(({ command, content = '' }) => (command === 'summary' ? [content] : [])).join(''),
  };
}
