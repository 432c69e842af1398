import { expect, it } from 'vitest';
import { figureRows } from './figure-rows.ts';

it('the figures that tests print become rows of scenario and figure', () => {
  const output = [
    'stdout | tests/kubernetes/03-upgrade.test.ts',
    '\u001b[22mfigure: load: upgrade: 0 failed of 36300, p50 2.1 ms, p99 9.8 ms ',
    'postgres:17-bookworm is there',
    'figure: restore: backup of 1024 MB 41.20 s',
    'figure: images packed and loaded 3.1 s',
  ];
  expect(figureRows(output.join('\n'))).toEqual([
    ['load', 'upgrade: 0 failed of 36300, p50 2.1 ms, p99 9.8 ms'],
    ['restore', 'backup of 1024 MB 41.20 s'],
    ['', 'images packed and loaded 3.1 s'],
  ]);
});
