import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { decodeText, largestFile, readRegularFile, systemReason, unpack } from './read-file.ts';

const bytes = (...values: readonly number[]) => Uint8Array.from(values);
const utf8 = (text: string) => new TextEncoder().encode(text);

describe('the text of a file', () => {
  it.each([
    ['UTF-8', utf8('date,終値\n'), 'date,終値\n'],
    ['UTF-8', utf8('date,close\n'), 'date,close\n'],
    ['UTF-8', utf8('é'), 'é'],
    ['UTF-8 with a byte order mark', bytes(0xef, 0xbb, 0xbf, 0x61), 'a'],
    ['UTF-8', utf8('ﻀ終'), 'ﻀ終'],
    ['UTF-16', bytes(0xff, 0xfe, 0x61, 0, 0x42, 0x7d), 'a終'],
    ['UTF-16', bytes(0xfe, 0xff, 0, 0x61, 0x7d, 0x42), 'a終'],
    ['Shift_JIS', bytes(0x8f, 0x49, 0x92, 0x6c), '終値'],
  ])('in %s is read', (encoding, content, text) => {
    expect(decodeText(content, 'x.csv')).toEqual({ text, encoding });
  });

  it.each([
    [bytes(), 'x.csv: the file is empty'],
    [bytes(0, 0x61), 'x.csv: byte 1 is zero, so this is a binary file'],
    [bytes(0x61, 0), 'x.csv: byte 2 is zero, so this is a binary file'],
    [bytes(0xff, 0xff, 0x61), 'x.csv: the bytes are neither UTF-8 nor Shift_JIS text'],
    // An odd half of a character, and a character of private use.
    [bytes(0xff, 0xfe, 0x61), 'x.csv: the bytes are neither'],
    [bytes(0xf0, 0x40), 'x.csv: the bytes are neither'],
  ])('is none in %j', (content, message) => {
    expect(() => decodeText(content, 'x.csv')).toThrow(message);
  });
});

describe('a packed file', () => {
  it('is unpacked by its first two bytes, and others stay as they are', async () => {
    const packed = gzipSync('date,close');
    expect(await unpack(packed, 'x.csv')).toEqual({ bytes: Buffer.from('date,close'), packing: 'gzip' });
    for (const plain of [utf8('date'), bytes(0x1f, 0x61), bytes(0x61, 0x8b), bytes(0x50, 0x4b, 3, 5), bytes()]) {
      expect(await unpack(plain, 'x.csv')).toEqual({ bytes: plain, packing: 'none' });
    }
  });

  it('is refused where it is an archive or was cut off', async () => {
    await expect(unpack(bytes(0x50, 0x4b, 3, 4, 9), 'x.csv')).rejects.toThrow('x.csv: it is a zip archive');
    await expect(unpack(gzipSync('date,close').subarray(0, 12), 'x.csv')).rejects.toThrow('is damaged or was cut off');
  });
});

describe('a file of the disk', () => {
  it('is read whole, up to 256 MB', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'daytrade-file-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const path = join(folder, 'x.csv');
    writeFileSync(path, 'date,close\n');
    expect(Buffer.from(await readRegularFile(path, 'x.csv')).toString()).toBe('date,close\n');
    expect(largestFile).toBe(268_435_456);
    truncateSync(path, largestFile + 1);
    await expect(readRegularFile(path, 'x.csv')).rejects.toMatchObject({
      code: 'data.file-unreadable',
      message: 'x.csv: the file has 268435457 bytes; expected at most 268435456',
    });
    await expect(readRegularFile(folder, 'x')).rejects.toThrow('x: it is a folder; expected a file of CSV text');
    await expect(readRegularFile(join(folder, 'none'), 'x')).rejects.toThrow(
      'x: there is no such file or folder (ENOENT)',
    );
  });

  it('has a fault in words, or in those of the system', () => {
    expect(systemReason(Object.assign(new Error('x'), { code: 'EACCES' }))).toMatch(/^its permissions .* \(EACCES\)$/);
    expect(systemReason(Object.assign(new Error('odd'), { code: 'EODD' }))).toBe('odd');
    expect(systemReason('odd')).toBe('odd');
  });
});
