import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type ColumnsFile, largestError } from './column-error.ts';

const folder = mkdtempSync(join(tmpdir(), 'column-error-'));
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;
function columns(byName: Readonly<Record<string, readonly number[]>>): ColumnsFile {
  files += 1;
  const path = join(folder, `${files}.f64`);
  writeFileSync(path, new Uint8Array(Float64Array.from(Object.values(byName).flat()).buffer));
  return { path, names: Object.keys(byName), rows: 3 };
}

describe('the largest error between two computations', () => {
  const ours = columns({ a: [1, 2, 3], b: [Number.NaN, 1, -1], c: [0, 0, 0] });

  it('is relative to the larger of value and column, over the columns that the peer has', () => {
    const { column, error, shared } = largestError(ours, columns({ b: [Number.NaN, 1, -1], a: [1, 2, 3.3] }));
    expect([column, shared]).toEqual(['a', 2]);
    expect(error).toBeCloseTo(0.3 / 3.3, 12);
    expect(largestError(ours, columns({ c: [0, 0, 0] })).error).toBe(0);
  });

  it('is infinite where only one side has a value', () => {
    const found = largestError(ours, columns({ b: [0, 1, -1], a: [1, 2, 3] }));
    expect(found).toEqual({ column: 'b', error: Number.POSITIVE_INFINITY, shared: 2 });
  });
});
