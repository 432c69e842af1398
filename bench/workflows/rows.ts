import { none, some } from '../azure-cluster/installation-rows.ts';
import type { Comparison, PlainTable } from '../harness/result.ts';
import type { ActRun } from './run-act.ts';

/** A run of the workflow, and what then served. */
export interface Deployment {
  /** Environment and cloud. */
  readonly name: string;
  readonly what: 'first' | 'second' | 'failed';
  readonly run: ActRun;
  /** What the registry has of the commit that should serve. */
  readonly digest: string;
  /** What each container of the platform runs. */
  readonly served: readonly string[];
}

const jobs = ['plan', 'approve', 'deploy-infrastructure', 'deploy-application', 'roll-back'];

/** What has to be so of all deployments. */
export function comparisonsOf(deployments: readonly Deployment[]): readonly Comparison[] {
  const good = deployments.filter(({ what }) => what !== 'failed');
  const second = deployments.filter(({ what }) => what === 'second');
  const failed = deployments.filter(({ what }) => what === 'failed');
  const count = (of: readonly Deployment[], is: (deployment: Deployment) => boolean) => of.filter(is).length;
  const others = (of: readonly Deployment[]) =>
    of.flatMap(({ digest, served }) => served.filter((found) => found !== digest)).length;
  const containers = (of: readonly Deployment[]) => of.flatMap(({ served }) => served).length;
  const rows = [
    some(
      'Deployments that ended with 0',
      'runs',
      count(good, ({ run }) => run.exitCode === 0),
    ),
    none(
      'Deployments that did not',
      'runs',
      count(good, ({ run }) => run.exitCode !== 0),
      good.length,
    ),
    some('Containers that run what was pushed', 'containers', containers(good) - others(good)),
    none('Containers that run another digest than the pushed one', 'containers', others(good), containers(good)),
    none('Second deployments that built or changed something', 'runs', count(second, changes), second.length),
  ];
  if (failed.length === 0) return rows;
  return [
    ...rows,
    none(
      'Failing deployments that did not end with 1',
      'runs',
      count(failed, ({ run }) => run.exitCode !== 1),
      failed.length,
    ),
    none('Failing deployments that were not rolled back', 'runs', count(failed, isNotRolledBack), failed.length),
    some('Containers that run what served before', 'containers', containers(failed) - others(failed)),
    none('Containers that run another digest than before', 'containers', others(failed), containers(failed)),
  ];
}

/** Whether Terraform changed something, or the image was built, where nothing had changed. */
function changes({ run: { log, exitCode } }: Deployment): boolean {
  return exitCode !== 0 || !/No changes\. Your infrastructure matches/.test(log) || /\+ buildah bud/.test(log);
}

function isNotRolledBack({ run }: Deployment): boolean {
  const result = (id: string) => run.jobs.find((job) => job.id === id)?.result;
  const rolledBack = /Rolled back to revision \d+/.test(run.summary);
  return result('deploy-application') !== 'failure' || result('roll-back') !== 'success' || !rolledBack;
}

/** Each run with the seconds of its jobs. */
export function tableOf(deployments: readonly Deployment[]): PlainTable {
  const rows = deployments.map(({ name, what, run, served }) => [
    name,
    what,
    String(run.exitCode),
    ...jobs.map((id) => run.jobs.find((job) => job.id === id)?.seconds.toFixed(0) ?? ''),
    [...new Set(served)].map((digest) => digest.slice('sha256:'.length, 'sha256:'.length + 12)).join(', '),
  ]);
  return {
    title: 'Runs of the workflow, seconds of each job',
    header: ['', '', 'exit code', ...jobs, 'digest that served'],
    rows,
  };
}
