import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { finishRestore, newRestoreFolder } from './restored-state.ts';
import { StateFolder } from './state-folder.ts';

const parts = ['database', 'bars', 'objects'];

async function folderWith(content: string): Promise<StateFolder> {
  const path = join(await temporaryFolder(), 'state');
  write(path, content);
  return await StateFolder.open({ path, purpose: 'a test', now: Date.now });
}

function write(folder: string, content: string): void {
  for (const part of parts) {
    mkdirSync(join(folder, part), { recursive: true });
    writeFileSync(join(folder, part, 'file'), content);
  }
}

const contents = (folder: StateFolder) => parts.map((part) => readFileSync(folder.join(part, 'file'), 'utf8'));

describe('a restored state', () => {
  it('is dropped while it is not whole', async () => {
    const folder = await folderWith('old');
    write(await newRestoreFolder(folder), 'new');
    await finishRestore(folder);
    expect(contents(folder)).toEqual(['old', 'old', 'old']);
    expect(existsSync(folder.join('restore-unfinished'))).toBe(false);
    await folder.close();
  });

  it('takes the place of the old one as a whole, from whichever step a kill left it at', async () => {
    // Each part is moved in two steps: the old one away, the new one in.
    for (let steps = 0; steps <= 2 * parts.length; steps += 1) {
      const folder = await folderWith('old');
      write(folder.join('restore-whole'), 'new');
      for (let step = 0; step < steps; step += 1) {
        const part = parts[step >> 1]!;
        const replaced = folder.join('restore-replaced');
        if (step % 2 === 1) renameSync(folder.join('restore-whole', part), folder.join(part));
        else if (existsSync(replaced)) renameSync(folder.join(part), `${replaced}-${step}`);
        else renameSync(folder.join(part), replaced);
      }
      await finishRestore(folder);
      expect(contents(folder), `after ${steps} steps`).toEqual(['new', 'new', 'new']);
      expect(existsSync(folder.join('restore-whole'))).toBe(false);
      await folder.close();
    }
  });
});
