import { copyFileSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Evaluation, evaluationSchema } from '@daytrade/contracts';
import type { InDayHorizon } from '@daytrade/market';
import { Installation } from '../../tests/support/installation.ts';
import { stopEverything, temporaryFolder } from '../../tests/support/running-process.ts';
import { marketData } from '../harness/paths.ts';

/**
 * Imports daily bars and 5-minute bars of the symbols that have both, trains, and evaluates horizons, each by the
 * command that a user types.
 *
 * @param folders names of folders of real bars
 */
export async function evaluations(
  folders: { readonly daily: readonly string[]; readonly fiveMinutes: readonly string[] },
  horizons: readonly InDayHorizon[],
  progress: (message: string) => void,
): Promise<ReadonlyMap<InDayHorizon, Evaluation>> {
  const home = temporaryFolder('intraday');
  const installation = new Installation('intraday', { DAYTRADE_SETTINGS_FILE: '/dev/null' });
  const copied = (name: 'daily' | 'fiveMinutes', symbols: ReadonlySet<string>) => {
    mkdirSync(join(home, name));
    for (const folder of folders[name].map((own) => join(marketData, own))) {
      for (const file of readdirSync(folder).filter((own) => symbols.has(own))) {
        copyFileSync(join(folder, file), join(home, name, file));
      }
    }
    return join(home, name);
  };
  const hasDaily = (file: string) => folders.daily.some((folder) => existsSync(join(marketData, folder, file)));
  const both = folders.fiveMinutes.flatMap((folder) => readdirSync(join(marketData, folder))).filter(hasDaily);
  try {
    for (const args of [
      ['import', copied('daily', new Set(both))],
      ['import', copied('fiveMinutes', new Set(both))],
      ['train'],
    ]) {
      progress(`daytrade ${args[0]}`);
      const { exitCode, stderr } = await installation.start(args, { timeoutSeconds: 1800 }).finished;
      if (exitCode !== 0) throw new Error(`daytrade ${args.join(' ')} ended with ${exitCode}: ${stderr}`);
    }
    const found = new Map<InDayHorizon, Evaluation>();
    for (const horizon of horizons) {
      progress(`daytrade evaluate --horizon ${horizon}`);
      found.set(horizon, await installation.read(evaluationSchema, 'evaluate', '--horizon', horizon));
    }
    return found;
  } finally {
    await stopEverything();
  }
}
