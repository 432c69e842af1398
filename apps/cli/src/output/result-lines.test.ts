import { expect, it } from 'vitest';
import { resultLines } from './result-lines.ts';

it('shows a result of any job as lines for a person', () => {
  const result = {
    updated: [
      { source: './bars', barsAdded: 3 },
      { source: 'jquants', barsAdded: 0 },
    ],
    unchanged: ['./other', './more'],
    failed: [],
    modelVersion: null,
    promoted: true,
    lost: { symbols: 2, from: '2026-11-24' },
  };
  expect(resultLines(result)).toBe(`updated:
  - source: ./bars
    bars added: 3
  - source: jquants
    bars added: 0
unchanged: ./other, ./more
failed: none
model version: none
promoted: yes
lost:
  symbols: 2
  from: 2026-11-24`);
});
