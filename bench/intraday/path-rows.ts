import type { Evaluation } from '@daytrade/contracts';
import type { InDayHorizon } from '@daytrade/market';
import { type Panel, type SessionPath, snapshotAt, snapshotAtOpen } from '@daytrade/series';
import { ScoredDays } from '../ensemble/scored-days.ts';
import { type Comparison, compare } from '../harness/result.ts';
import { mean } from '../harness/statistics.ts';
import { type BaselineScores, baselineScores, type SessionScores } from './baselines.ts';
import { intradayBars } from './intraday-bars.ts';

/** An evaluation beside both baselines, on the same symbol-days: mean Winkler scores in basis points. */
interface HorizonScores {
  readonly horizon: InDayHorizon;
  readonly evaluation: Evaluation;
  readonly baselines: BaselineScores;
  readonly ours: number;
  readonly slot: number;
  readonly regression: number;
}

/** The open and every 15 minutes, beside both simple rules. */
export function pathRows(
  { panel, path }: { readonly panel: Panel; readonly path: SessionPath },
  evaluated: ReadonlyMap<InDayHorizon, Evaluation>,
): readonly Comparison[] {
  const all = [...evaluated].map(([horizon, evaluation]) => horizonScores({ panel, path }, horizon, evaluation));
  const within = all.filter(({ horizon }) => horizon !== 'close@open');
  const ours = mean(within.map((scores) => scores.ours));
  const [slot, regression] = (['slot', 'regression'] as const).map((peer) =>
    mean(within.map((scores) => scores[peer])),
  );
  const least = all.reduce((one, other) => (lowerBy(other) < lowerBy(one) ? other : one));
  const worst = within.reduce((one, other) => (againstRegression(other) < againstRegression(one) ? other : one));
  const coverages = all.map(({ evaluation }) => 100 * evaluation.coverage);
  const sessions = within[0]!.evaluation.series.length;
  const what = `${within.length} times, ${sessions} sessions, ${panel.symbols.length} symbols`;
  return [
    compare({
      name: 'every 15 minutes: Winkler lower than slot x EWMA',
      unit: 'bp, mean of the times',
      ours,
      peer: { name: 'slot x EWMA', value: slot! },
      figure: 100 * (1 - ours / slot!),
      kind: 'percent',
      bar: intradayBars.withinDay,
      note: `${what}; ${scoredDays(within, 'slot').interval}`,
    }),
    compare({
      name: 'open and every 15 minutes: Winkler lower than slot x EWMA, the least of a time',
      unit: 'bp',
      ours: least.ours,
      peer: { name: 'slot x EWMA', value: least.slot },
      figure: lowerBy(least),
      kind: 'percent',
      bar: intradayBars.eachTime,
      note: `${least.horizon}; ${gainWithoutWorst(least)}`,
    }),
    compare({
      name: 'every 15 minutes: Winkler lower than the regression',
      unit: 'bp, mean of the times',
      ours,
      peer: { name: 'regression', value: regression! },
      figure: 100 * (1 - ours / regression!),
      kind: 'percent',
      note: scoredDays(within, 'regression').interval,
    }),
    compare({
      name: `every 15 minutes: Winkler lower than the regression, the least of a time (${worst.horizon})`,
      unit: 'bp',
      ours: worst.ours,
      peer: { name: 'regression', value: worst.regression },
      figure: againstRegression(worst),
      kind: 'percent',
      bar: intradayBars.regression,
      note: scoredDays([worst], 'regression').interval,
    }),
    compare({
      name: 'open and every 15 minutes: lowest coverage of a time',
      unit: 'of symbol-days',
      figure: Math.min(...coverages),
      kind: 'share',
      bar: intradayBars.lowestCoverage,
    }),
    compare({
      name: 'open and every 15 minutes: highest coverage of a time',
      unit: 'of symbol-days',
      figure: Math.max(...coverages),
      kind: 'share',
      bar: intradayBars.highestCoverage,
    }),
  ];
}

function horizonScores(
  { panel, path }: { readonly panel: Panel; readonly path: SessionPath },
  horizon: InDayHorizon,
  evaluation: Evaluation,
): HorizonScores {
  const k = path.times.indexOf(horizon.slice('close@'.length));
  const knownAt = (t: number) => (k === -1 ? snapshotAtOpen(panel, t) : snapshotAt(panel, path, t, k));
  const sessions = evaluation.series.map(({ session }) => session);
  const baselines = baselineScores(panel, knownAt, sessions);
  const scores = {
    horizon,
    evaluation,
    baselines,
    ours: evaluation.winklerBp,
    slot: meanBp([...baselines.slot.values()]),
    regression: meanBp([...baselines.regression.values()]),
  };
  const count = [...baselines.slot.values()].reduce((sum, day) => sum + day.count, 0);
  if (count === evaluation.symbolDays) return scores;
  throw new Error(`${horizon}: ${evaluation.symbolDays} symbol-days were judged, ${count} have a baseline`);
}

function meanBp(days: readonly SessionScores[]): number {
  return (1e4 * days.reduce((sum, day) => sum + day.winkler, 0)) / days.reduce((sum, day) => sum + day.count, 0);
}

function againstRegression({ ours, regression }: HorizonScores): number {
  return 100 * (1 - ours / regression);
}

function lowerBy({ ours, slot }: HorizonScores): number {
  return 100 * (1 - ours / slot);
}

/** Scores of horizons beside a baseline, by session. */
function scoredDays(all: readonly HorizonScores[], peer: 'slot' | 'regression', without?: string): ScoredDays {
  const scored = new ScoredDays();
  for (const { evaluation, baselines } of all) {
    for (const { session, symbols, winklerBp } of evaluation.series) {
      if (session !== without) scored.add(session, (symbols * winklerBp) / 1e4, baselines[peer].get(session)!.winkler);
    }
  }
  return scored;
}

/** The gain over slot x EWMA, and what is left of it without the session that lost most. */
function gainWithoutWorst(scores: HorizonScores): string {
  const { evaluation, baselines } = scores;
  const lost = ({ session, symbols, winklerBp }: Evaluation['series'][number]) =>
    (symbols * winklerBp) / 1e4 - baselines.slot.get(session)!.winkler;
  const worst = evaluation.series.reduce((one, other) => (lost(other) > lost(one) ? other : one)).session;
  const { percentLower } = scoredDays([scores], 'slot', worst);
  return `${scoredDays([scores], 'slot').interval}; without ${worst} ${percentLower.toFixed(1)} %`;
}
