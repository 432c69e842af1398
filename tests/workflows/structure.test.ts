import { describe, expect, it } from 'vitest';
import { files, type Job, textOf, workflow, workflowNames } from './workflow-files.ts';

const jobsOf = (name: string): readonly (readonly [string, Job])[] => Object.entries(workflow(name).jobs);

describe.each(workflowNames)('the workflow %s', (name) => {
  it('has no permission of its own, and each job says which it needs', () => {
    expect(workflow(name).permissions).toEqual({});
    for (const [job, { permissions }] of jobsOf(name)) expect(permissions, job).toBeDefined();
  });

  it('ends each job after a time', () => {
    for (const [job, { 'timeout-minutes': minutes }] of jobsOf(name)) expect(minutes, job).toBeLessThanOrEqual(120);
  });

  it('leaves no token of GitHub in a clone', () => {
    const clones = jobsOf(name).flatMap(([, { steps }]) => steps.filter(({ uses }) => uses?.includes('/checkout@')));
    for (const clone of clones) expect(clone.with).toMatchObject({ 'persist-credentials': false });
  });

  it('puts no value of an expression into a command', () => {
    const commands = jobsOf(name).flatMap(([, { steps }]) => steps.flatMap(({ run }) => run ?? []));
    expect(commands.filter((command) => command.includes('${{'))).toEqual([]);
  });
});

describe('the actions', () => {
  it('of others are named by commit, with the version as a comment', () => {
    const uses = files.flatMap((file) => [...textOf(file).matchAll(/^\s*(?:- )?uses: (.+)$/gm)].map(([, use]) => use));
    const others = uses.filter((use) => !use?.startsWith('./'));
    expect(others.length).toBeGreaterThan(10);
    const pinned = /^[\w.-]+\/[\w.-]+@[0-9a-f]{40} # v\d+(\.\d+){1,2}$/;
    expect(others.filter((use) => !pinned.test(use ?? ''))).toEqual([]);
  });

  it('have one commit each in all files', () => {
    const commits = new Map<string, Set<string>>();
    for (const file of files) {
      for (const [, action = '', commit = ''] of textOf(file).matchAll(/uses: ([\w./-]+)@([0-9a-f]{40} # v\S+)/g)) {
        commits.set(action, (commits.get(action) ?? new Set()).add(commit));
      }
    }
    expect([...commits].filter(([, found]) => found.size > 1)).toEqual([]);
  });
});
