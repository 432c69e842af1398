import { DayTradeError } from './day-trade-error.ts';

/**
 * Loads a module that needs packages which only some settings ask for. The image has them; a clone is spared them, and
 * what they bring, until it is a developer's.
 *
 * @param what needs them, as a sentence begins: 'Traces'
 * @param packageName the package by which the others come
 * @throws DayTradeError `settings.invalid` where a package is not installed, with the command that installs it
 */
export async function loadChosen<Module>(
  what: string,
  packageName: string,
  load: () => Promise<Module>,
): Promise<Module> {
  try {
    return await load();
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'ERR_MODULE_NOT_FOUND')) throw cause;
    throw new DayTradeError(
      'settings.invalid',
      `${what}: the package ${packageName} is not installed: run "node scripts/install.mjs developer"`,
      { cause },
    );
  }
}
