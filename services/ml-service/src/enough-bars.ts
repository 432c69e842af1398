import type { EvaluationRequest, TrainingRequest } from '@daytrade/contracts';
import { checkJudgeable, checkKnown, checkTrainable, enoughSessions } from '@daytrade/ensemble';
import { countSessions, type InDayHorizon, type TradeDate } from '@daytrade/market';
import type { Stores, SymbolRecord } from '@daytrade/storage';
import { knowsAmerica, readNights } from './in-day/overnight.ts';
import { evaluationOptions } from './jobs/evaluation.ts';
import { tooLittleOf } from './members-by-date.ts';
import { readSessionPath } from './session-path.ts';
import { readUniverse, type SymbolsMeant, symbolsMeant, type Universe } from './universe.ts';

/**
 * Refuses a training at once that could only fail: behind another one it would wait for an hour first. Bars are read
 * only where there may be too few of them, so that it takes no time where there are many.
 *
 * @throws DayTradeError as the training: `training.too-little-data`, and as {@link symbolsMeant}
 */
export async function checkTraining(stores: Stores, request: TrainingRequest): Promise<void> {
  const asked = await symbolsMeant(stores, request.symbols, request);
  if (hasEnough(asked, request)) return;
  await checkRead(stores, request, ({ panel }) => checkTrainable(panel));
}

/**
 * As {@link checkTraining}, of an evaluation. Whether there are enough 5-minute bars is seen when it starts.
 *
 * @throws DayTradeError as the evaluation
 */
export async function checkEvaluation(stores: Stores, request: EvaluationRequest): Promise<void> {
  const asked = await symbolsMeant(stores, request.symbols, request);
  const { horizon } = request;
  if (horizon !== 'next-close') await checkWithinDay(stores, asked, horizon);
  if (hasEnough(asked, request, request.to)) return;
  await checkRead(stores, request, async ({ panel, synthetic }) => {
    const path = horizon === 'next-close' ? undefined : await readSessionPath(stores, panel);
    const nights = await readNights(stores, panel, synthetic);
    checkJudgeable({ panel, path, ...nights }, horizon, evaluationOptions(request));
  });
}

async function checkWithinDay(stores: Stores, { meant, synthetic }: SymbolsMeant, horizon: InDayHorizon) {
  const withMinutes = new Set<string>(await stores.bars.symbols('5m'));
  const fiveMinutes = meant.some(({ symbol }) => withMinutes.has(symbol));
  checkKnown({ fiveMinutes, america: await knowsAmerica(stores, synthetic) }, horizon);
}

/** Whether one symbol alone has bars enough, in the time in which the members of its set are known. */
function hasEnough(
  { meant, membership }: SymbolsMeant,
  { formerMembers = true }: { readonly formerMembers?: boolean | undefined },
  to?: TradeDate,
): boolean {
  const from = membership === undefined || !formerMembers ? undefined : membership.knownFrom;
  return meant.some((record) => barsWithin(record, from, to) >= enoughSessions);
}

/** Bars of a symbol between two days, at least. */
function barsWithin({ bars, firstDate, lastDate }: SymbolRecord, from?: TradeDate, to?: TradeDate): number {
  const before = from === undefined || from <= firstDate ? 0 : countSessions(firstDate, from);
  const after = to === undefined || to >= lastDate ? 0 : countSessions(to, lastDate);
  return bars - before - after;
}

async function checkRead(
  stores: Stores,
  request: TrainingRequest | EvaluationRequest,
  check: (universe: Universe) => void | Promise<void>,
): Promise<void> {
  const universe = await readUniverse(stores, request.symbols, request);
  try {
    await check(universe);
  } catch (error) {
    throw tooLittleOf(universe.set, error);
  }
}
