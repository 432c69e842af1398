import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseSymbol } from '@daytrade/market';
import { seededRandom } from '@daytrade/series';
import { openStores, type Stores } from '@daytrade/storage';
import { BackupKey, makeBackup, openBackupPlace, restoreAside } from '@daytrade/storage/backup';
import { samplePrediction } from '@daytrade/storage/testing';
import { compare, type SuiteFindings } from '../harness/result.ts';
import type { SuiteContext } from '../harness/suite.ts';

const objectBytes = 250_000;
const rowsAtOnce = 4_000;
/** What is promised, of 10 GB. */
const promised = { gigabytes: 10, recoverySeconds: 600, lossSeconds: 300 };
/** Pause between two backups of the job that `docs/operations.md` adds. */
const pauseSeconds = 240;

const notes = [
  'A state of random objects of 250 kB, as files of bars are, and rows of predictions, is backed up into a folder on ' +
    'the same disk, then restored as a drill does it: decrypted, written, and every row and object compared with its ' +
    'checksum. The time of 10 GB is that of what was measured, in proportion. A bucket adds the time of its network.',
  'What would be lost at worst: the pause of 240 s between two backups and the second of them, after a change of one ' +
    'object in a hundred.',
];

/** How long a restore takes, and how much a loss costs. */
export async function measureRestore({ quick, progress }: SuiteContext): Promise<SuiteFindings> {
  const folder = mkdtempSync(join(tmpdir(), 'daytrade-restore-'));
  try {
    const [objects, rows] = quick ? [80, 4_000] : [3_700, 200_000];
    const measured = await measure(folder, { objects, rows, progress });
    const { bytes, first, second, restore } = measured;
    const gigabytes = bytes / 1e9;
    const size = `${gigabytes.toFixed(2)} GB, ${objects} objects, ${rows} rows`;
    const times = [first, second, restore].map((seconds) => `${seconds.toFixed(1)} s`);
    const note = `${size}: backup ${times[0]}, again ${times[1]}, restore ${times[2]}`;
    return {
      comparisons: [
        compare({
          name: 'restore of 10 GB, verified, as a part of 10 minutes',
          unit: 's',
          ours: (restore * promised.gigabytes) / gigabytes,
          figure: (restore * promised.gigabytes) / gigabytes / promised.recoverySeconds,
          kind: 'ratio',
          bar: { sense: 'at most', must: 1, aim: 0.5 },
          note,
        }),
        compare({
          name: 'work of 10 GB that is lost at worst, as a part of 5 minutes',
          unit: 's',
          ours: pauseSeconds + (second * promised.gigabytes) / gigabytes,
          figure: (pauseSeconds + (second * promised.gigabytes) / gigabytes) / promised.lossSeconds,
          kind: 'ratio',
          bar: { sense: 'at most', must: 1 },
        }),
      ],
      tables: [],
      notes,
      skipped: [],
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measure(
  folder: string,
  { objects, rows, progress }: Pick<SuiteContext, 'progress'> & { readonly objects: number; readonly rows: number },
) {
  progress(`filling a state with ${objects} objects and ${rows} rows`);
  const state = join(folder, 'state');
  const stores = await openStores({ folder: state, purpose: 'a measurement', now: Date.now });
  const random = seededRandom(1);
  for (let index = 0; index < objects; index += 1) await putObject(stores, index, random);
  for (let from = 0; from < rows; from += rowsAtOnce) await addPredictions(stores, from, random);

  const keyFile = join(folder, 'key');
  writeFileSync(keyFile, BackupKey.textOf(new Uint8Array(32).fill(1)), { mode: 0o600 });
  const { place } = await openBackupPlace({ target: join(folder, 'place'), keyFile, now: Date.now });
  const work = { place, now: Date.now, signal: new AbortController().signal, progress: () => undefined };
  const backup = { ...work, stores, scratch: join(folder, 'scratch'), version: '1', dryRun: false };
  progress('backing up');
  const first = await secondsOf(() => makeBackup(backup));
  for (let index = 0; index < objects; index += 100) await putObject(stores, index, random);
  await addPredictions(stores, rows, random);
  progress('backing up what changed');
  const second = await secondsOf(() => makeBackup(backup));
  const { head } = await makeBackup(backup);
  await stores.close();
  progress('restoring');
  const restore = await secondsOf(() =>
    restoreAside(join(folder, 'scratch'), { ...work, purpose: 'a measurement', verify: async () => undefined }),
  );
  return { bytes: head.counts.bytes, first, second, restore };
}

async function putObject({ objects }: Stores, index: number, random: () => number): Promise<void> {
  const bytes = Buffer.alloc(objectBytes);
  for (let at = 0; at < objectBytes; at += 4) bytes.writeUInt32LE(Math.floor(random() * 2 ** 32), at);
  await objects.put(`measured/${index}`, bytes);
}

async function addPredictions({ predictions }: Stores, from: number, random: () => number): Promise<void> {
  const rows = Array.from({ length: rowsAtOnce }, (_, index) =>
    samplePrediction({
      symbol: parseSymbol(String(1000 + index)),
      modelVersion: `m${from}`,
      centre: 1000 * random(),
      lower: 900 * random(),
      upper: 1100 * random(),
    }),
  );
  await predictions.save(rows);
}

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await work();
  return (performance.now() - from) / 1000;
}
