// @module-tag long
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { neededSchemaVersion } from './database/migrations.ts';
import { openStores } from './open-stores.ts';
import { sampleModel, sampleSymbol } from './testing/sample-records.ts';

const now = () => Date.parse('2026-11-24T07:00:00Z');
const open = (folder: string) => openStores({ folder, purpose: 'a test', now });

/** The committed rounds that the process printed, as they come. */
function startWriting(folder: string): { readonly process: ChildProcess; readonly lines: string[] } {
  const script = new URL('./write-forever.fixture.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, [script, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines: string[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => lines.push(line));
  return { process: child, lines };
}

async function killAfter(child: ChildProcess, milliseconds: number): Promise<void> {
  await sleep(milliseconds);
  child.kill('SIGKILL');
  await once(child, 'close');
}

describe('openStores', () => {
  // One folder for all, since a new database takes seconds.
  const folder = mkdtempSync(join(tmpdir(), 'daytrade-stores-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('makes a whole database after a process was killed that was making one', async () => {
    const { process, lines } = startWriting(folder);
    await killAfter(process, 600);
    expect(lines).toEqual([]);
    const stores = await open(folder);
    expect(await stores.schema()).toEqual({ needed: neededSchemaVersion, found: neededSchemaVersion });
    expect(await stores.models.list()).toEqual([]);
    await stores.close();
  });

  it('opens everything for one process at a time, and finds it again', async () => {
    const stores = await open(folder);
    await stores.symbols.upsertMany([sampleSymbol()]);
    const { version } = await stores.models.register(sampleModel(), Uint8Array.of(1));
    await expect(open(folder)).rejects.toMatchObject({ code: 'state.locked', details: { pid: process.pid } });
    await stores.close();

    const again = await open(folder);
    expect(await again.symbols.list()).toEqual([sampleSymbol()]);
    expect(await again.models.artifact(version)).toHaveLength(1);
    await again.close();
  });

  it.each([20, 70, 150])(
    'after kill -9 in the middle of writing, %i ms in: the committed is there, the listed whole',
    async (milliseconds) => {
      const { process, lines } = startWriting(folder);
      while (!lines.some((line) => line.startsWith('round'))) await sleep(5);
      await killAfter(process, milliseconds);
      const [before, committed] = [lines[0], lines.at(-1)].map((line) => Number(line?.split(' ')[1])) as [
        number,
        number,
      ];

      const stores = await open(folder);
      const models = await stores.models.list();
      expect([committed, committed + 1]).toContain(models.length);
      for (const { version } of models) await stores.models.artifact(version);
      const artifacts = new Set(models.map(({ artifactHash }) => `models/${artifactHash}`));
      // Each kill may have left an artifact without its record.
      const unlisted = (await stores.objects.list('models/')).filter((key) => !artifacts.has(key));
      expect(unlisted.length).toBeLessThanOrEqual(3);
      expect(models.slice(0, 2).map(({ version }) => version)).toContain((await stores.models.live())?.version);

      const ofTheseRounds = models.slice(0, models.length - before).toReversed();
      for (const { version } of ofTheseRounds.slice(0, committed - before)) {
        expect(await stores.runs.find(version)).toMatchObject({ status: 'queued' });
      }
      expect(await stores.predictions.latest(true)).toHaveLength(2);
      await stores.close();
    },
  );
});
