import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readRunningFile, removeRunningFile, writeRunningFile } from './running-file.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'daytrade-running-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const running = {
  pid: process.pid,
  startedAt: '2026-11-25T01:00:00.000Z',
  dashboard: 'http://127.0.0.1:8080',
  data: 'http://127.0.0.1:8001',
  ml: 'http://127.0.0.1:8000',
  scheduler: 'http://127.0.0.1:8002',
};

describe('the file of a running platform', () => {
  it('is read as it was written, by its owner alone, until it is removed', () => {
    writeRunningFile(folder, running);
    expect(readRunningFile(folder, '127.0.0.1')).toEqual(running);
    expect(statSync(join(folder, 'running.json')).mode & 0o777).toBe(0o600);
    removeRunningFile(folder);
    expect(readRunningFile(folder, '127.0.0.1')).toBeUndefined();
    removeRunningFile(folder);
  });

  it('that a dead process left counts as none', () => {
    const { pid } = spawnSync('true');
    writeRunningFile(folder, { ...running, pid });
    expect(readRunningFile(folder, '127.0.0.1')).toBeUndefined();
  });

  it.each(['', '{', '{"pid": 1}'])('that is damaged (%j) counts as none', (text) => {
    writeFileSync(join(folder, 'running.json'), text);
    expect(readRunningFile(folder, '127.0.0.1')).toBeUndefined();
  });

  it.each([
    ['the folder', () => folder, 0o777],
    ['the folder', () => folder, 0o770],
    ['the file', () => join(folder, 'running.json'), 0o666],
  ])('is not believed where others may write to %s', (_what, path, mode) => {
    writeRunningFile(folder, running);
    chmodSync(path(), mode);
    expect(() => readRunningFile(folder, '127.0.0.1')).toThrow(
      expect.objectContaining({ code: 'state.exposed', message: expect.stringContaining(`\`chmod go-w ${path()}\``) }),
    );
  });

  it.skipIf(process.getuid?.() !== 0)('is not believed where another user wrote it', () => {
    writeRunningFile(folder, running);
    chownSync(join(folder, 'running.json'), 65_534, 65_534);
    expect(() => readRunningFile(folder, '127.0.0.1')).toThrow(expect.objectContaining({ code: 'state.exposed' }));
  });

  it('names no other machine, unless it is the host of the settings', () => {
    writeRunningFile(folder, { ...running, ml: 'http://192.0.2.7:8000' });
    expect(() => readRunningFile(folder, '127.0.0.1')).toThrow(
      expect.objectContaining({ code: 'settings.invalid', message: expect.stringContaining('expected "192.0.2.7"') }),
    );
    expect(readRunningFile(folder, '192.0.2.7')).toMatchObject({ ml: 'http://192.0.2.7:8000' });
  });

  it('that cannot be written is an error of the state folder', () => {
    expect(() => writeRunningFile(join(folder, 'missing'), running)).toThrow(
      expect.objectContaining({ code: 'state.unwritable' }),
    );
  });
});
