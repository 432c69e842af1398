import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openFolderBars } from './bar-store.ts';

describe('a process that is killed while it merges bars', () => {
  it('leaves the bars of before or of after the merge, never a mixture, whenever it is killed', {
    tags: ['long'],
  }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'daytrade-crash-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    for (const milliseconds of [0, 4, 7, 11, 17]) {
      const fixture = join(import.meta.dirname, 'merge-forever.fixture.ts');
      const child = spawn(process.execPath, [fixture, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
      await once(child.stdout, 'data');
      await setTimeout(milliseconds);
      child.kill('SIGKILL');
      await once(child, 'exit');

      const store = await openFolderBars(folder);
      const bars = await store.read('7203');
      await store.close();
      expect(bars.days.length).toBe(2000);
      expect(new Set([...bars.open, ...bars.volume]).size).toBe(1);
      expect(readdirSync(join(folder, 'unfinished'))).toEqual([]);
    }
  });
});
