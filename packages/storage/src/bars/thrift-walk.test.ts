import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { unknownOrigins } from './bar-origins.ts';
import { columnsOfLength } from './columns.ts';
import { ParquetFiles } from './parquet-files.ts';
import { isWholeStruct } from './thrift-walk.ts';

const struct = (...bytes: number[]) => isWholeStruct(Uint8Array.from(bytes));

/** Field 1 of a type, as the header of a field says it. */
const field = (type: number) => 0x10 | type;

describe('a structure of the compact protocol', () => {
  it.each<[string, number[]]>([
    ['nothing', [0]],
    ['truths and numbers', [field(1), field(2), field(3), 7, field(5), 0xac, 0x02, 0]],
    ['a number of 64 bits', [field(6), 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01, 0]],
    ['a double', [field(7), 1, 2, 3, 4, 5, 6, 7, 8, 0]],
    ['a text', [field(8), 3, 97, 98, 99, 0]],
    ['a list of numbers', [field(9), 0x35, 1, 2, 3, 0]],
    ['a list of truths', [field(9), 0x21, 1, 2, 0]],
    ['a map', [field(11), 1, 0x85, 1, 97, 5, 0]],
    ['an empty map', [field(11), 0, 0]],
    ['a structure in a structure', [field(12), field(5), 1, 0, 0]],
    ['a field far away', [0x05, 0xc8, 0x01, 1, 0]],
  ])('is whole with %s', (_name, bytes) => {
    expect(struct(...bytes)).toBe(true);
    for (let end = 0; end < bytes.length; end += 1) expect(struct(...bytes.slice(0, end))).toBe(false);
  });

  it.each<[string, number[]]>([
    ['a list of a thousand million elements', [field(9), 0xf5, 0x80, 0x94, 0xeb, 0xdc, 0x03, 1, 2, 0]],
    ['a text that is longer than all of it', [field(8), 0xff, 0x7f, 97, 0]],
    ['a number without an end', [field(6), ...Array.from({ length: 12 }, () => 0xff), 0]],
    ['a type that there is none of', [field(14), 0]],
    ['structures without an end', Array.from({ length: 200 }, () => field(12))],
  ])('is not whole with %s', (_name, bytes) => {
    expect(struct(...bytes)).toBe(false);
  });

  it('is what the footer of a file of bars is', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'thrift-walk-'));
    const files = new ParquetFiles();
    onTestFinished(async () => {
      await files.close();
      await rm(folder, { recursive: true });
    });
    const path = join(folder, '7203.parquet');
    await files.writeBeside(path, '1d', { columns: columnsOfLength(3), origins: unknownOrigins(3) }, {});
    const bytes = await readFile(path);
    const length = bytes.readUInt32LE(bytes.length - 8);
    expect(isWholeStruct(bytes.subarray(bytes.length - 8 - length, bytes.length - 8))).toBe(true);
  });
});
