import { createLogger, type Logger } from '@daytrade/service-kit';
import type { CommandContext } from '../command-context.ts';
import { readableLog } from '../output/log-lines.ts';

/**
 * The services' log of `daytrade up`, on standard error so that standard output holds the addresses alone: one JSON object a line,
 * and in a terminal words, only warnings and worse unless the person has chosen a level.
 *
 * @param chosenLevel `DAYTRADE_LOG_LEVEL` of the environment
 */
export function upLogger(
  { terminal: { stderr }, settings }: CommandContext,
  chosenLevel: string | undefined = process.env.DAYTRADE_LOG_LEVEL,
): Logger {
  if (!stderr.isTTY) return createLogger({ level: settings.DAYTRADE_LOG_LEVEL, destination: stderr });
  const level = chosenLevel ? settings.DAYTRADE_LOG_LEVEL : 'warn';
  return createLogger({ level, destination: readableLog(stderr) });
}
