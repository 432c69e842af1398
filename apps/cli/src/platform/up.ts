import { tracedTogether, untilAborted } from '@daytrade/service/host';
import type { CommandContext } from '../define-command.ts';
import { duration } from '../output/format.ts';
import { createDashboardPart } from '../parts/dashboard.ts';
import type { Connection } from './connect.ts';
import { fillEmptyState } from './fill-empty-state.ts';
import { clientsOf, openPlatform, type Platform } from './open-platform.ts';
import { type RunningPlatform, removeRunningFile, writeRunningFile } from './running-file.ts';
import { systemClock } from './system-clock.ts';
import { StepLog, upLogger } from './up-log.ts';

/**
 * Runs the whole platform until the context's signal is aborted, then drains it.
 *
 * @throws DayTradeError `state.locked` naming the first one's pid, `service.port-in-use`, `settings.invalid`,
 *   `run.cancelled`
 */
export async function runUp(context: CommandContext, options: { readonly synthetic: boolean }): Promise<void> {
  const { settings, terminal } = context;
  const log = new StepLog(terminal.stderr);
  const logger = upLogger(context);
  log.loaded();
  const observe = tracedTogether('day-trade', process.env);
  await using platform = await log.step('open the state folder', () =>
    openPlatform(settings, logger, 'daytrade up', observe),
  );
  await log.step('build the page', () => platform.add('dashboard', observe(createDashboardPart)));
  const urls = await log.step('listen', () => listenAll(platform));
  // From now on the commands on this state folder find the services.
  const startedAt = new Date(systemClock.now()).toISOString();
  writeRunningFile(settings.DAYTRADE_STATE_DIR, { pid: process.pid, startedAt, ...urls });
  using published = new DisposableStack();
  published.defer(() => removeRunningFile(settings.DAYTRADE_STATE_DIR));
  log.note('page', urls.dashboard);
  await platform.queue.start();
  const connection: Connection = { ...clientsOf(platform), sharesFiles: true, close: async () => undefined };
  if (!context.signal.aborted) await fillEmptyState(context, connection, log, options);
  if (context.signal.aborted) return;
  announce(context, urls, log.totalSeconds);
  await untilAborted(context.signal);
}

type Urls = Omit<RunningPlatform, 'pid' | 'startedAt'>;

async function listenAll(platform: Platform): Promise<Urls> {
  // One after another, so that the first port in use is the one that the message names. The scheduler begins to start
  // jobs when it listens, so it comes after the services that do them.
  return {
    ml: (await platform.listen('ml')).url,
    data: (await platform.listen('data')).url,
    dashboard: (await platform.listen('dashboard')).url,
    scheduler: (await platform.listen('scheduler')).url,
  };
}

function announce({ terminal, json, settings }: CommandContext, urls: Urls, seconds: number): void {
  if (json) {
    terminal.stdout.write(`${JSON.stringify({ ready: true, seconds, ...urls })}\n`);
    return;
  }
  terminal.stdout.write(`
day-trade is ready after ${duration(seconds)}: ${urls.dashboard}

  ML service         ${urls.ml}
  data service       ${urls.data}
  scheduler service  ${urls.scheduler}
  state folder       ${settings.DAYTRADE_STATE_DIR}

Ctrl-C stops it.
`);
}
