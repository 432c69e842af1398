import { join } from 'node:path';
import {
  Cluster,
  DeploymentError,
  type DeploymentErrorKind,
  endEveryChild,
  type Holder,
  ProgramFailure,
  Programs,
  type ProgramsOptions,
  type Surroundings,
} from '@daytrade/deployment';
import { DayTradeError, type ErrorCode } from '@daytrade/errors';
import type { CommandContext } from '../command-context.ts';
import { beforeEndBySignal } from '../end-by-signal.ts';
import { printNote } from '../output/terminal.ts';
import { whoRuns } from '../who-runs.ts';
import { placeOf } from './deployment-options.ts';
import { ownProcesses } from './processes.ts';

/** What a command of a deployment works with. */
export interface OpenDeployment {
  readonly surroundings: Surroundings;
  readonly place: ReturnType<typeof placeOf>;
  readonly cluster: Cluster;
  /** Programs that are run otherwise than those of `surroundings`. */
  readonly programsWith: (more: Omit<ProgramsOptions, 'onCommand' | 'onOutput'>) => Programs;
  /** Says something on the way. */
  readonly say: (line: string) => void;
  /** Who holds the environment while this command changes it. */
  readonly holder: (what: string) => Holder;
}

const root = join(import.meta.dirname, '..', '..', '..', '..');

/**
 * Runs a command of a deployment, and gives its errors the codes of the platform. What it runs ends with this process,
 * also where a second Ctrl-C ends that at once.
 */
export async function withDeployment(
  { terminal, signal }: Pick<CommandContext, 'terminal' | 'signal'>,
  options: Readonly<Record<string, unknown>>,
  use: (open: OpenDeployment) => Promise<void>,
): Promise<void> {
  const say = (line: string) => printNote(terminal, line);
  const isVerbose = options.verbose === true;
  const programsWith: OpenDeployment['programsWith'] = (more) =>
    new Programs({
      onCommand: (command) => isVerbose && say(`+ ${command}`),
      onOutput: (text) => isVerbose && say(text.trimEnd()),
      ...more,
    });
  const programs = programsWith({ signal });
  const surroundings = { root, programs, variables: process.env };
  const place = placeOf(options);
  const cluster = new Cluster(surroundings, place);
  const holder = (what: string): Holder => ({
    who: whoRuns(),
    host: ownProcesses.host,
    pid: process.pid,
    since: new Date().toISOString(),
    what,
    step: 'begin',
  });
  const keepChildren = beforeEndBySignal(endEveryChild);
  try {
    await use({ surroundings, programsWith, place, cluster, say, holder });
  } catch (error) {
    throw asKnown(error);
  } finally {
    keepChildren();
  }
}

const codes: Readonly<Record<DeploymentErrorKind, ErrorCode>> = {
  'not-ready': 'deployment.not-ready',
  locked: 'deployment.locked',
  failed: 'deployment.failed',
};

function asKnown(error: unknown): unknown {
  if (error instanceof DeploymentError) {
    return new DayTradeError(codes[error.kind], error.message, { details: error.details });
  }
  const said = programSaid(error);
  if (said === undefined) return error;
  return new DayTradeError(/cannot be run/.test(said) ? 'deployment.not-ready' : 'deployment.failed', said);
}

/** What a program that failed wrote last, below which one it was. */
function programSaid(error: unknown): string | undefined {
  if (!(error instanceof ProgramFailure)) return undefined;
  return [error.message, error.said.trim()].filter((text) => text !== '').join('\n');
}
