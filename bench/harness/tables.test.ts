import { expect, it } from 'vitest';
import { compare, type SuiteResult } from './result.ts';
import type { Suite } from './suite.ts';
import { performancePage } from './tables.ts';

const load: Suite['load'] = () => Promise.reject(new Error('nothing is measured for a page'));
const suites: readonly Suite[] = [
  { name: 'features', title: 'Features', load },
  { name: 'serving', title: 'Serving', load },
];

const result: SuiteResult = {
  suite: 'features',
  quick: false,
  measuredAt: '2026-11-25T03:00:00.000Z',
  wallSeconds: 61.2,
  machine: {
    processor: 'a processor',
    cores: 2,
    memoryGigabytes: 25,
    system: 'Linux x64',
    loadAtStart: 0.1,
    node: '24.0.0',
  },
  comparisons: [
    compare({
      name: 'speed',
      unit: 'CPU s',
      figure: 0.4,
      kind: 'ratio',
      bar: { sense: 'at least', must: 1 },
    }),
  ],
  tables: [],
  notes: [],
  skipped: ['real bars: none'],
};

it('the page says when and on what, shows a missed bar as missed, and what was skipped or not measured', () => {
  const page = performancePage('# Performance\n\n## Gone\n\nOld.\n', suites, suites[0]!, result);
  expect(page).toContain('2026-11-25, a processor, 2 cores, 25 GB, Linux x64; load 0.1 when it began; 61 s.');
  expect(page).toContain('| speed (CPU s) |  |  | 0.400 x | >= 1 x |  | **missed** |');
  expect(page).toContain('- Skipped: real bars: none');
  expect(page).toContain('## Serving\n\nNot measured yet.');
  expect(page).not.toContain('## Gone');
  const again = performancePage(page, suites, suites[1]!, result);
  expect(again.split('## Serving')[0]).toBe(page.split('## Serving')[0]);
  expect(again).not.toContain('Not measured yet.');
});
