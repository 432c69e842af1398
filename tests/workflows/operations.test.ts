import { describe, expect, it } from 'vitest';
import { textOf, workflow } from './workflow-files.ts';

const { on, jobs } = workflow('operations');
const conditions = Object.values(jobs).map((job) => job.if ?? '');

describe('the operations', () => {
  it('have one job for each time', () => {
    const times = (on.schedule as { cron: string }[]).map(({ cron }) => cron);
    for (const time of times) {
      expect(conditions.filter((condition) => condition.includes(`github.event.schedule == '${time}'`))).toHaveLength(
        1,
      );
    }
    expect(times).toHaveLength(conditions.length);
  });

  it('have one job for each task that is started by hand', () => {
    const { inputs } = on.workflow_dispatch as { inputs: { task: { options: string[] } } };
    expect(inputs.task.options.toSorted()).toEqual(Object.keys(jobs).toSorted());
    for (const [name, job] of Object.entries(jobs)) expect(job.if).toContain(`inputs.task == '${name}'`);
  });

  it('are all in the guide', () => {
    const guide = textOf('docs/operations.md');
    for (const name of Object.keys(jobs)) expect(guide).toContain(`task \`${name}\``);
  });

  it('drill in staging, and not while a deployment goes on', () => {
    expect(jobs['restore-drill']?.environment).toBe('staging');
    const group = workflow('deploy-cloud').concurrency?.group.replace(/\$\{\{ inputs\.environment \}\}/, 'staging');
    expect(jobs['restore-drill']?.concurrency?.group).toBe(group?.replace('inputs.cloud', 'vars.DRILL_CLOUD'));
  });
});
