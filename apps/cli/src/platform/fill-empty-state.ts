import { type Run, routes } from '@daytrade/contracts';
import { isDayTradeError } from '@daytrade/errors';
import type { CommandContext } from '../define-command.ts';
import { programName } from '../program-name.ts';
import { watchRun } from '../watch-run.ts';
import type { Connection } from './connect.ts';
import type { StepLog } from './up-log.ts';

/** Enough sessions for the 250-session window of the objective, few enough to train on in seconds. */
const firstBars = { provider: 'synthetic', symbols: 40, from: '2023-01-04' } as const;

/**
 * Fills the state folder at the first start, so that there is something to see: synthetic bars where there are none,
 * then a model of the bars and its predictions where these are missing. A step whose result exists is left out, so that
 * an interrupted start continues where it stopped. What the bars do not allow, for example a training on a few
 * sessions, is reported, and everything else starts. No bars are made where the settings name a
 * provider of real ones.
 *
 * @throws DayTradeError `run.cancelled` after Ctrl-C
 */
export async function fillEmptyState(
  context: CommandContext,
  connection: Connection,
  log: StepLog,
  options: { readonly synthetic: boolean },
): Promise<void> {
  const follow = (title: string, start: () => Promise<{ run: Run }>) =>
    log.step(title, async () => watchRun(context, connection, (await start()).run, title));
  try {
    if (!(await hasBars(connection))) {
      if (!options.synthetic) return;
      if (context.settings.DAYTRADE_PROVIDER !== 'synthetic') {
        // Its bars may take minutes or hours to come, and synthetic ones are not what was asked for.
        log.note('no bars yet', `${programName} fetch brings those of ${context.settings.DAYTRADE_PROVIDER}`);
        return;
      }
      await follow('make synthetic bars', () => connection.data.call(routes.startFetch, { body: firstBars }));
    }
    if ((await modelState(connection)) === 'none') {
      await follow('train', () => connection.ml.call(routes.startTraining));
    }
    if ((await modelState(connection)) === 'live' && !(await hasPredictions(connection))) {
      await log.step('predict', () => connection.ml.call(routes.publishPredictions));
    }
  } catch (error) {
    if (!isDayTradeError(error) || error.kind !== 'user' || error.code === 'run.cancelled') throw error;
    log.note('not yet', `${error.message}; ${error.entry.remedy}`);
  }
}

async function hasBars({ data }: Connection): Promise<boolean> {
  return (await data.call(routes.symbols)).symbols.length > 0;
}

async function hasPredictions({ ml }: Connection): Promise<boolean> {
  return (await ml.call(routes.latestPredictions)).predictions.length > 0;
}

/**
 * Returns the state of the bars' model. A model of synthetic bars does not count for real ones. A model that nobody
 * promoted stays a candidate.
 */
async function modelState({ data, ml }: Connection): Promise<'none' | 'candidates' | 'live'> {
  const { symbols } = await data.call(routes.symbols);
  const { models, live } = await ml.call(routes.models);
  const synthetic = symbols.every((symbol) => symbol.synthetic);
  const fitting = models.filter((model) => model.synthetic === synthetic);
  if (fitting.length === 0) return 'none';
  return fitting.some((model) => model.version === live) ? 'live' : 'candidates';
}
