import { type Comparison, compare } from '../harness/result.ts';
import type { MeasuredRelease, MeasuredStep } from './release-under-readers.ts';
import type { NewVersion } from './versions.ts';

const promoted = 0;
const wentBack = 5;
const intervalsToDecide = 2;

/** The rows of a release: how it ended, what readers lost, and how far the share was from the weight. */
export function rowsOf(by: string, { name, isGood }: NewVersion, release: MeasuredRelease): readonly Comparison[] {
  const { exitCode, steps, requests, lost } = release;
  const what = `${name}, by ${by}`;
  const isRight = exitCode === (isGood ? promoted : wentBack);
  const end = exitCode === promoted ? 'promoted' : exitCode === wentBack ? 'rolled back' : `exit code ${exitCode}`;
  const bad = isGood ? [] : [late(what, steps)];
  return [
    row(`Ended wrongly: ${what}`, 'releases', isRight ? 0 : 1, 0, end),
    row(`Lost: ${what}`, 'requests', lost.length, 0, `of ${requests}${lost[0] === undefined ? '' : `; ${lost[0]}`}`),
    row(`Share beside its weight: ${what}`, 'percent of requests', furthest(steps), 1),
    ...bad,
  ];
}

function late(what: string, steps: readonly MeasuredStep[]): Comparison {
  return row(`Intervals to a decision: ${what}`, 'intervals', steps.length, intervalsToDecide);
}

function row(name: string, unit: string, figure: number, must: number, note?: string): Comparison {
  return compare({ name, unit, figure, kind: 't', bar: { sense: 'at most', must }, ...(note && { note }) });
}

/** How far the measured share was from the weight at most, in percent of the requests. */
function furthest(steps: readonly MeasuredStep[]): number {
  const weights = new Set(steps.map(({ weight }) => weight));
  const together = [...weights].map((weight) => {
    const same = steps.filter((step) => step.weight === weight);
    const sum = (of: (step: MeasuredStep) => number) => same.reduce((total, step) => total + of(step), 0);
    return Math.abs(
      shareOf({ answered: sum(({ answered }) => answered), byCanary: sum(({ byCanary }) => byCanary) }) - weight,
    );
  });
  return Math.max(0, ...together);
}

function shareOf({ answered, byCanary }: Pick<MeasuredStep, 'answered' | 'byCanary'>): number {
  return answered === 0 ? 0 : (100 * byCanary) / answered;
}

/** A row of the table of steps. */
export function stepRows(by: string, { name }: NewVersion, { steps }: MeasuredRelease): readonly string[][] {
  return steps.map((step) => [
    by,
    name,
    `${step.weight} %`,
    `${shareOf(step).toFixed(2)} %`,
    String(step.answered),
    `${step.action}: ${step.reason}`,
  ]);
}
