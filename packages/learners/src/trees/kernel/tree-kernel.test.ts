import { expect, it } from 'vitest';
import { simulate } from '../../testing/simulated-data.ts';
import { checkSize } from './tree-kernel.ts';

it('refuses a matrix that its memory is too small for, and more rows than it can pack', () => {
  const { names } = simulate(50, 1).matrix;
  // 8 bytes of bins, three numbers and two indices a row; of 3 GB.
  const most = Math.floor((3 * 2 ** 30) / 40);
  checkSize({ names, rows: most }, 1);
  expect(() => checkSize({ names, rows: most + 1 }, 1)).toThrow(
    expect.objectContaining({
      code: 'training.too-large',
      message: `too many rows to train on: ${most + 1} of 8 columns; at most ${most} fit into memory`,
    }),
  );
  expect(() => checkSize({ names, rows: most }, 2 ** 24 + 1)).toThrow('at most 16777216 fit into memory');
});
