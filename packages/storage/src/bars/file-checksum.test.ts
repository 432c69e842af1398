import { renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { checksumOption, FileChecksums, fileIdentity, sealFile } from './file-checksum.ts';

const [key = '', empty = ''] = /^KV_METADATA \{(\w+): '(0+)'\}$/.exec(checksumOption)?.slice(1) ?? [];

/** Bytes of a file with room for a checksum, of which a type and a length stand before it. */
const fileOf = (rows: string, end = 'PAR1') => Buffer.from(`PAR1${rows}${key}\u0018\u0040${empty}${end}`, 'latin1');

async function faultOf(bytes: Uint8Array): Promise<string | undefined> {
  const path = join(await temporaryFolder(), 'file');
  writeFileSync(path, bytes);
  return await new FileChecksums().fault(path);
}

describe('the checksum in a file', () => {
  it('has 64 digits, and makes the file sound, whatever stands around it', async () => {
    expect([key, empty.length]).toEqual(['file_sha256', 64]);
    for (const file of [fileOf(''), fileOf('rows'), fileOf('rows', ''), fileOf(`${key} in a row`)]) {
      expect(await faultOf(sealFile(file))).toBeUndefined();
    }
  });

  it('shows a changed byte before it, in it and after it, and one that is missing', async () => {
    const sealed = sealFile(fileOf('rows'));
    for (const at of [0, 5, sealed.length - 40, sealed.length - 1]) {
      const changed = Buffer.from(sealed);
      changed[at]! ^= 1;
      expect(await faultOf(changed)).toMatch(/cannot be read as bars: its bytes are not those that were written$/);
    }
    expect(await faultOf(sealed.subarray(0, -1))).toBeDefined();
    expect(await faultOf(fileOf('rows'))).toBeDefined();
  });

  it.each(['', 'PAR1', `PAR1${key}`, `${key}\u0018\u0040${empty.slice(1)}`])('has no room in %j', async (text) => {
    expect(() => sealFile(Buffer.from(text))).toThrow('the file has no room for a checksum');
    expect(await faultOf(Buffer.from(text))).toBeDefined();
  });
});

describe('a file that was sound', () => {
  it('is not read again until it is replaced, unless that is asked for', async () => {
    const folder = await temporaryFolder();
    const [path, next] = [join(folder, 'file'), join(folder, 'next')];
    writeFileSync(path, sealFile(fileOf('rows')));
    const checksums = new FileChecksums();
    const identity = await fileIdentity(path);
    expect(await checksums.fault(path)).toBeUndefined();
    expect(await checksums.fault(path, true)).toBeUndefined();
    writeFileSync(next, fileOf('rows'));
    const changed = sealFile(fileOf('rows'));
    changed[5]! ^= 1;
    utimesSync(path, 1_700_000_000, 1_700_000_000);
    expect(await checksums.fault(path)).toBeUndefined();
    writeFileSync(path, changed);
    utimesSync(path, 1_700_000_000, 1_700_000_000);
    expect([await checksums.fault(path), await checksums.fault(path, false)]).toEqual([undefined, undefined]);
    expect(await checksums.fault(path, true)).toBeDefined();
    expect(await checksums.fault(path)).toBeDefined();
    renameSync(next, path);
    expect(await fileIdentity(path)).not.toBe(identity);
    expect(await checksums.fault(path)).toBeDefined();
    expect(await checksums.fault(path)).toBeDefined();
    rmSync(path);
    expect(await fileIdentity(path)).toBe('missing');
    await expect(checksums.fault(path)).rejects.toMatchObject({ code: 'state.damaged' });
  });
});
