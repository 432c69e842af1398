import type { Settings } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import type { BackupPlace } from '@daytrade/storage/backup';
import type { CommandContext } from '../command-context.ts';
import { restoreReport } from '../output/backup-report.ts';
import { ProgressLine } from '../output/progress-line.ts';
import { printResult } from '../output/terminal.ts';
import { systemClock } from '../platform/system-clock.ts';

export interface RestoreChoice {
  /** Left out: the newest. */
  readonly id: string | undefined;
  readonly replace: boolean;
  readonly dryRun: boolean;
  readonly withReplay: boolean;
}

/** @throws DayTradeError `settings.invalid` where the settings name a database that others share */
function assertNotIntoServers(settings: Settings): void {
  const names = ['DAYTRADE_DATABASE_HOST', 'DAYTRADE_DATABASE_URL'] as const;
  const setting = names.find((name) => settings[name] !== undefined);
  if (setting === undefined) return;
  throw new DayTradeError(
    'settings.invalid',
    `${setting} is set, and a restore goes into a state folder: run it without that setting`,
    { details: { setting } },
  );
}

/** Restores into the state folder of the settings, or only reads the backup. */
export async function restoreHere(
  context: CommandContext,
  place: BackupPlace,
  { id, replace, dryRun, withReplay }: RestoreChoice,
): Promise<void> {
  const { terminal, json, settings, signal } = context;
  if (!dryRun) assertNotIntoServers(settings);
  const { checkBackup, chooseBackup, restoreState } = await import('@daytrade/storage/backup');
  const { replayPredictions } = await import('@daytrade/ml-service');
  const line = new ProgressLine(terminal.stderr, 'restore');
  const from = performance.now();
  const options = {
    place,
    signal,
    progress: (progress: { readonly stage: string; readonly fraction: number }) =>
      line.show({ ...progress, remainingSeconds: null, message: null }, false),
  };
  const seconds = () => (performance.now() - from) / 1000;
  try {
    if (dryRun) {
      const { head, contents } = await chooseBackup(place, id);
      await checkBackup(contents, options);
      line.end();
      const result = { dryRun, backup: head.id, snapshotAt: head.snapshotAt, ...head.counts, seconds: seconds() };
      printResult(terminal, json, result, () => `The backup ${head.id} is whole. Nothing was written.`);
      return;
    }
    const { head, found: replayed } = await restoreState({
      ...options,
      id,
      folder: settings.DAYTRADE_STATE_DIR,
      replace,
      purpose: 'daytrade restore',
      now: () => systemClock.now(),
      verify: async (stores) => (withReplay ? await replayPredictions(stores) : undefined),
    });
    line.end();
    const { id: backup, snapshotAt, counts } = head;
    const result = { backup, snapshotAt, ...counts, replayed: replayed ?? null, seconds: seconds() };
    const where = settings.DAYTRADE_STATE_DIR;
    printResult(terminal, json, result, () => restoreReport(head, where, replayed, result.seconds));
  } finally {
    line.end();
  }
}
