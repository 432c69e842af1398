import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { routes } from '@daytrade/contracts';
import type { CommandContext } from '../command-context.ts';
import { programName } from '../program-name.ts';

/** Compares all files of bars with their checksums, and the bars of each symbol with its record. */
export async function checkBars(
  context: Pick<CommandContext, 'connect' | 'settings'>,
): Promise<{ readonly ok: boolean; readonly message: string }> {
  // Looking must not make a state folder.
  if (!existsSync(join(context.settings.DAYTRADE_STATE_DIR, 'database'))) return { ok: true, message: 'none yet' };
  try {
    const { data } = await context.connect();
    const { checked, damaged } = await data.call(routes.damagedSymbols, { query: { check: 'content' } });
    if (damaged.length === 0)
      return { ok: true, message: `the bars of ${checked} symbols are those that were written` };
    // Many symbols share a damaged file.
    const bySymbols = Map.groupBy(damaged, ({ message }) => message);
    const named = [...bySymbols].map(([message, [first, ...others]]) => {
      return `${first!.symbol}${others.length > 0 ? ` and ${others.length} more` : ''}: ${message}`;
    });
    const again = `${programName} fetch --repair, or ${programName} import FOLDER`;
    return { ok: false, message: `${named.join('; ')}; run ${again}` };
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error) };
  }
}
