import { defaultEvaluationSessions } from '@daytrade/contracts/objective';
import { DayTradeError } from '@daytrade/errors';
import { dateOfDayNumber, dayNumber } from '@daytrade/market';
import { type Panel, slicePanel } from '@daytrade/series';
import { type CompiledEnsembleOptions, compileOptions, type EvaluationOptions } from '../options.ts';

/**
 * Cuts a panel off after the last day of an evaluation, and fills in the options: with a first day, the sessions
 * between the two are judged.
 *
 * @throws DayTradeError `input.invalid` when there is no session between the days, with the days that there are
 */
export function stretchOf(
  panel: Panel,
  options: EvaluationOptions,
  compile: typeof compileOptions = compileOptions,
): { readonly panel: Panel; readonly options: CompiledEnsembleOptions } {
  const { days } = panel;
  const { from, to } = options;
  const end = to === undefined ? days.length : countUntil(days, (day) => day > dayNumber(to));
  const begin = from === undefined ? 0 : countUntil(days, (day) => day >= dayNumber(from));
  if (begin >= end) {
    const asked = [from === undefined ? '' : `from ${from}`, to === undefined ? '' : `to ${to}`].join(' ').trim();
    const known = days.length === 0 ? 'there are no bars' : `the bars are of ${span(days)}`;
    throw new DayTradeError('input.invalid', `${asked}: expected days with sessions; ${known}`);
  }
  const compiled = compile(options, defaultEvaluationSessions);
  return {
    panel: end === days.length ? panel : slicePanel(panel, 0, end),
    options: from === undefined ? compiled : { ...compiled, judgedSessions: end - begin },
  };
}

/** Returns the number of days before the first one meant. */
function countUntil(days: Panel['days'], isMeant: (day: number) => boolean): number {
  const place = days.findIndex(isMeant);
  return place < 0 ? days.length : place;
}

function span(days: Panel['days']): string {
  return `${dateOfDayNumber(days[0]!)} to ${dateOfDayNumber(days.at(-1)!)}`;
}

/** Sessions that a symbol may have been without a trade and still count as listed. */
const longestHalt = 5;

/**
 * Returns the number of symbols whose bars end more than 5 sessions before the panel does. If it is 0 among many
 * symbols, delisted and merged companies are missing, and every figure is one of survivors.
 */
export function endedSymbols({ symbols, days, close }: Panel): number {
  const recent = Math.max(0, days.length - 1 - longestHalt) * symbols.length;
  return symbols.filter((_, s) => {
    for (let row = recent + s; row < close.length; row += symbols.length) {
      if (Number.isFinite(close[row]!)) return false;
    }
    return true;
  }).length;
}
