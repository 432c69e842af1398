import type { Rounds } from '../harness/interleave.ts';
import { type Bar, type Comparison, compare } from '../harness/result.ts';
import { mean, median, range } from '../harness/statistics.ts';
import type { FitResult } from './tasks.ts';

/** What a comparison of training is called and held against. */
export interface TrainingFigure {
  readonly name: string;
  readonly peerName: string;
  readonly rounds: Rounds<FitResult>;
  readonly bar?: Bar;
}

/** Ratio of the fastest runs. */
export function compareTime(figure: TrainingFigure): Comparison {
  const [ours, peer] = bothSides(figure.rounds, (runs) => Math.min(...runs.map((run) => run.cpuSeconds)));
  return compare({
    ...named(figure, 'CPU s', ours, peer),
    figure: ours / peer,
    kind: 'ratio',
    note: `binning included; fastest of ${figure.rounds.ours.length} runs each`,
  });
}

/** Difference of the mean errors in percent of the peer's. */
export function compareError(figure: TrainingFigure): Comparison {
  const { rounds } = figure;
  const [ours, peer] = bothSides(rounds, (runs) => mean(runs.map((run) => run.rmse)));
  const differences = rounds.ours.map((run, round) => 100 * (run.rmse / rounds.peer[round]!.rmse - 1));
  return compare({
    ...named(figure, 'RMSE', ours, peer),
    figure: 100 * (ours / peer - 1),
    kind: 'percent',
    note: `by seed ${differences.map(signed).join(', ')} %, spread ${range(differences).toFixed(2)}`,
  });
}

/** Ratio of the peak memory of the middle runs. */
export function compareMemory(figure: TrainingFigure): Comparison {
  const [ours, peer] = bothSides(figure.rounds, (runs) => median(runs.map((run) => run.peakMegabytes)));
  return compare({
    ...named(figure, 'MB', ours, peer),
    figure: ours / peer,
    kind: 'ratio',
    note: `whole process, with the features as 32-bit floats; middle one of ${figure.rounds.ours.length} runs`,
  });
}

function named({ name, peerName, bar }: TrainingFigure, unit: string, ours: number, peer: number) {
  return { name, unit, ours, peer: { name: peerName, value: peer }, ...(bar === undefined ? {} : { bar }) };
}

function bothSides(
  { ours, peer }: Rounds<FitResult>,
  summary: (runs: readonly FitResult[]) => number,
): readonly [number, number] {
  return [summary(ours), summary(peer)];
}

function signed(value: number): string {
  return `${value >= 0 ? '+' : ''}${value.toFixed(2)}`;
}
