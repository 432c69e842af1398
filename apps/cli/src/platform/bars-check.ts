import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { routes } from '@daytrade/contracts';
import type { CommandContext } from '../command-context.ts';
import { programName } from '../program-name.ts';

/** Whether every symbol's bars exist and are those that were written; reads all of them. */
export async function checkBars(
  context: Pick<CommandContext, 'connect' | 'settings'>,
): Promise<{ readonly ok: boolean; readonly message: string }> {
  // Looking must not make a state folder.
  if (!existsSync(join(context.settings.DAYTRADE_STATE_DIR, 'database'))) return { ok: true, message: 'none yet' };
  try {
    const { data } = await context.connect();
    const { checked, damaged } = await data.call(routes.damagedSymbols, { query: { check: 'content' } });
    if (damaged.length === 0) return { ok: true, message: `${checked} files are there with what was written to them` };
    const named = damaged.map(({ symbol, message }) => `${symbol}: ${message}`).join('; ');
    return { ok: false, message: `${named}; import the bars again with ${programName} import FOLDER` };
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error) };
  }
}
