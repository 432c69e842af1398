import { createLogger, type Logger } from '@daytrade/service';
import type { CommandContext } from '../command-context.ts';
import { readableLog } from '../output/log-lines.ts';

/**
 * The services' log of `daytrade up`, on standard error, so that standard output holds the addresses alone. It has one
 * JSON object per line; in a terminal it is in words, with warnings and worse only unless a level was chosen.
 */
export function upLogger({ terminal: { stderr }, settings, settingSources }: CommandContext): Logger {
  if (!stderr.isTTY) return createLogger({ level: settings.DAYTRADE_LOG_LEVEL, destination: stderr });
  const level = settingSources.has('DAYTRADE_LOG_LEVEL') ? settings.DAYTRADE_LOG_LEVEL : 'warn';
  return createLogger({ level, destination: readableLog(stderr) });
}
