import { parseSettings, type Settings } from '@daytrade/contracts';
import { isDayTradeError } from '@daytrade/errors';
import { assertMayListen } from './listen.ts';
import { createLogger, type Logger } from './logger.ts';
import { drainOnSignals, type SignalTarget } from './termination.ts';

/** The part of `process` that {@link runProcess} uses. */
export interface ProcessTarget extends SignalTarget {
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** What a process starts with. */
export interface ProcessParts {
  readonly settings: Settings;
  readonly logger: Logger;
}

/**
 * Runs the process of one service: reads the settings, refuses those that it may not listen with, starts it, and closes it at a signal. A start that fails is told in one
 * log line, and ends the process with the exit code of its error (70 for an unexpected one).
 *
 * @param start gives back what closes everything that it opened
 * @example
 * await runProcess(process, async ({ settings, logger }) => {
 *   const service = await createDataService({ settings, logger, … });
 *   await listen(service, …);
 *   return () => drain(service, { drainSeconds: settings.DAYTRADE_DRAIN_SECONDS });
 * });
 */
export async function runProcess(
  target: ProcessTarget,
  start: (parts: ProcessParts) => Promise<() => Promise<void>>,
): Promise<void> {
  let logger = createLogger({ level: 'info' });
  try {
    const settings = parseSettings(target.env);
    logger = createLogger({ level: settings.DAYTRADE_LOG_LEVEL });
    assertMayListen(settings.DAYTRADE_HOST, settings.DAYTRADE_TOKEN);
    const close = await start({ settings, logger });
    drainOnSignals(target, () => closed(close, logger));
  } catch (error) {
    logger.fatal(...lineOf(error));
    target.exit(isDayTradeError(error) ? error.entry.exitCode : 70);
  }
}

async function closed(close: () => Promise<void>, logger: Logger): Promise<void> {
  try {
    await close();
  } catch (error) {
    logger.fatal(...lineOf(error));
    throw error;
  }
}

/** The cause of an expected error is in its message; an unexpected one needs its stack. */
function lineOf(error: unknown): [object, string] {
  if (isDayTradeError(error)) return [{ code: error.code, details: error.details }, error.message];
  return [{ err: error }, error instanceof Error ? error.message : String(error)];
}
