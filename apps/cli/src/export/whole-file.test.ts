import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DayTradeError } from '@daytrade/errors';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { assertNew, writePieces, writeWhole } from './whole-file.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'daytrade-whole-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('files that are there already', () => {
  const paths = (count: number) =>
    Array.from({ length: count }, (_, index) => {
      const path = join(folder, `${index}.csv`);
      writeFileSync(path, '');
      return path;
    });

  it.each([
    [1, 1, ''],
    [3, 3, ''],
    [4, 3, ', and 1 more'],
    [5, 3, ', and 2 more'],
  ])('of %i names %i', (count, named, more) => {
    const there = paths(count);
    const missing = join(folder, 'missing.csv');
    const check = () => assertNew([missing, ...there], false);
    expect(check).toThrow(
      expect.objectContaining({
        code: 'output.exists',
        message: `${there.slice(0, named).join(', ')}${more}: there already`,
        details: { files: there },
      }),
    );
  });

  it('are taken with force, and are none where nothing is there', () => {
    expect(() => assertNew(paths(2), true)).not.toThrow();
    expect(() => assertNew([join(folder, 'missing.csv')], false)).not.toThrow();
  });
});

describe('a whole file', () => {
  it('takes its name when it is full, in a folder that is made', async () => {
    const target = join(folder, 'a', 'b.csv');
    const seen = await writeWhole(target, async (path) => {
      expect(existsSync(target)).toBe(false);
      expect(path).toBe(`${target}.unfinished-${process.pid}`);
      return await writePieces(path, pieces('a\nb', Buffer.from('\n\nトヨタ')));
    });
    expect(seen).toEqual({ bytes: 14, lines: 3 });
    expect(readFileSync(target, 'utf8')).toBe('a\nb\n\nトヨタ');
    expect(readdirSync(join(folder, 'a'))).toEqual(['b.csv']);
  });

  it('has no bytes and no lines where nothing came', async () => {
    expect(await writePieces(join(folder, 'empty'), pieces())).toEqual({ bytes: 0, lines: 0 });
    expect(await writePieces(join(folder, 'line'), pieces('\n'))).toEqual({ bytes: 1, lines: 1 });
  });

  it.each([
    ['a fault of ours', new TypeError('a fault'), { message: 'a fault' }],
    ['a refusal', new DayTradeError('data.no-bars', 'no bars'), { code: 'data.no-bars' }],
    ['no error at all', 'a text', 'a text'],
  ])('stays as it was after %s', async (_, thrown, expected) => {
    const target = join(folder, 'a.csv');
    writeFileSync(target, 'before');
    const failed = writeWhole(target, async (path) => {
      await writeFile(path, 'half');
      throw thrown;
    });
    if (typeof expected === 'string') await expect(failed).rejects.toBe(expected);
    else await expect(failed).rejects.toMatchObject(expected);
    expect(readFileSync(target, 'utf8')).toBe('before');
    expect(readdirSync(folder)).toEqual(['a.csv']);
  });

  it('that cannot be written is named with the reason', async () => {
    const target = join(folder, 'taken');
    mkdirSync(target);
    await expect(writeWhole(target, (path) => writeFile(path, 'x'))).rejects.toMatchObject({
      code: 'output.unwritable',
      message: expect.stringMatching(`^${target} cannot be written: `) as string,
      details: { file: target },
    });
    expect(readdirSync(folder)).toEqual(['taken']);
  });
});

async function* pieces(...all: readonly (string | Uint8Array)[]): AsyncGenerator<string | Uint8Array> {
  yield* all;
}
