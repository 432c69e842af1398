import { expect, it } from 'vitest';
import { files, textOf, workflow, workflowNames } from './workflow-files.ts';

// Permissions, values in commands and pinned actions are zizmor's (linters.test.ts).

it.each(workflowNames)('the workflow %s ends each job after a time, and leaves no token in a clone', (name) => {
  for (const [job, { 'timeout-minutes': minutes, steps }] of Object.entries(workflow(name).jobs)) {
    expect(minutes, job).toBeLessThanOrEqual(120);
    for (const clone of steps.filter(({ uses }) => uses?.includes('/checkout@'))) {
      expect(clone.with, job).toMatchObject({ 'persist-credentials': false });
    }
  }
});

it('an action has one commit in all files', () => {
  const commits = new Map<string, Set<string>>();
  for (const file of files) {
    for (const [, action = '', commit = ''] of textOf(file).matchAll(/uses: ([\w./-]+)@([0-9a-f]{40} # v\S+)/g)) {
      commits.set(action, (commits.get(action) ?? new Set()).add(commit));
    }
  }
  expect([...commits].filter(([, found]) => found.size > 1)).toEqual([]);
});
