import type { LeakKind } from '@daytrade/contracts';
import { japanDate } from '@daytrade/market';
import { barMilliseconds, type IntradayColumns } from '@daytrade/series';
import type { WithinDayPipeline } from './audit-within-day.ts';

/** A pipeline within the day with one fault in it, and what an audit has to say of it. */
export interface PlantedWithinDay {
  readonly name: string;
  readonly kind: LeakKind;
  readonly column: string;
  readonly pipeline: WithinDayPipeline;
}

/** The leaks that forecasts within the day invite, each planted alone in an otherwise honest pipeline. */
export function plantedWithinDay(honest: WithinDayPipeline): readonly PlantedWithinDay[] {
  const plant = (name: string, column: string, columns: WithinDayPipeline['columns']): PlantedWithinDay => ({
    name,
    kind: 'within-day',
    column,
    pipeline: { name: `${honest.name} with ${name}`, columns },
  });
  return [
    plant('the close of the current 5-minute bar', 'range_so_far', (some, horizon) =>
      honest.columns({ ...some, bars: some.bars.map((own) => own && datedByTheirEnd(own)) }, horizon),
    ),
    plant("tomorrow's session in America", 'abroad', (some, horizon) =>
      honest.columns({ ...some, overnight: some.overnight?.map((_, t, all) => all[t + 1] ?? NaN) }, horizon),
    ),
    plant("the day's high in its first bar", 'range_so_far', (some, horizon) =>
      honest.columns({ ...some, bars: some.bars.map((own) => own && withHighOfDay(own)) }, horizon),
    ),
  ];
}

/** Bars whose time is taken for their end: each is known before it has ended. */
function datedByTheirEnd(own: IntradayColumns): IntradayColumns {
  return { ...own, times: own.times.map((time) => time - barMilliseconds) };
}

/** Returns bars of which the first of each day has the high of the day. */
function withHighOfDay(own: IntradayColumns): IntradayColumns {
  const days = Array.from(own.times, (time) => japanDate(time));
  const highs = new Map<string, number>();
  for (const [i, day] of days.entries()) highs.set(day, Math.max(highs.get(day) ?? 0, own.high[i]!));
  return { ...own, high: own.high.map((high, i) => (days[i] === days[i - 1] ? high : highs.get(days[i]!)!)) };
}
