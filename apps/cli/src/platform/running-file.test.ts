import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
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
    expect(readRunningFile(folder)).toEqual(running);
    expect(statSync(join(folder, 'running.json')).mode & 0o777).toBe(0o600);
    removeRunningFile(folder);
    expect(readRunningFile(folder)).toBeUndefined();
    removeRunningFile(folder);
  });

  it('that a dead process left counts as none', () => {
    const { pid } = spawnSync('true');
    writeRunningFile(folder, { ...running, pid });
    expect(readRunningFile(folder)).toBeUndefined();
  });

  it.each(['', '{', '{"pid": 1}'])('that is damaged (%j) counts as none', (text) => {
    writeFileSync(join(folder, 'running.json'), text);
    expect(readRunningFile(folder)).toBeUndefined();
  });

  it('that cannot be written is an error of the state folder', () => {
    expect(() => writeRunningFile(join(folder, 'missing'), running)).toThrow(
      expect.objectContaining({ code: 'state.unwritable' }),
    );
  });
});
