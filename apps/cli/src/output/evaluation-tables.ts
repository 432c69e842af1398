import type { Estimate, Evaluation, UniverseUsed } from '@daytrade/contracts';
import { say } from '../language/language.ts';
import { basisPoints, named, percent, quantity, range } from './format.ts';
import { right, table } from './table.ts';

/** Shows the figures of each calendar year. */
export function yearTable({ skillByYear }: Pick<Evaluation, 'skillByYear'>): string {
  return table(skillByYear, {
    year: ({ year }) => String(year),
    sessions: right(({ sessions }) => sessions),
    'symbol-days': right(({ symbolDays }) => symbolDays),
    coverage: right(({ coverage }) => percent(coverage)),
    width: right(({ meanWidthBp }) => basisPoints(meanWidthBp)),
    Winkler: right(({ winklerBp }) => basisPoints(winklerBp)),
    'skill: HAR': right(({ skill }) => percent(skill.har)),
    quantile: right(({ skill }) => percent(skill.rollingQuantile)),
    'random walk': right(({ skill }) => percent(skill.randomWalk)),
    EWMA: right(({ skill }) => percent(skill.ewma)),
  });
}

/** Shows each leg of the return with each correlation. A trader within the day earns the open-to-close legs. */
export function coefficientTable({
  informationCoefficients,
  edgeBound: bound,
}: Pick<Evaluation, 'informationCoefficients' | 'edgeBound'>): string {
  const rows = table(informationCoefficients, {
    return: ({ leg }) => say(leg.replaceAll('-', ' ')),
    correlation: ({ correlation }) => say(correlation === 'pearson' ? 'Pearson' : 'Spearman (ranks)'),
    IC: right(({ value }) => value.toFixed(4)),
    '95 % interval': right(coefficientRange),
    t: right(({ t }) => t.toFixed(1)),
    sessions: right(({ sessions }) => sessions),
    edge: ({ edge }) => say(edge ? 'yes' : 'no edge'),
  });
  const heading = say`Information coefficient of the ensemble across the symbols of a session, "no edge" unless
t > ${bound.t.toFixed(2)}, Bonferroni's correction at 5 % for the ${bound.tests} coefficients tested:`;
  return `${heading}\n${rows}`;
}

/** Formats the day-block interval of a coefficient. */
export function coefficientRange({ low, high }: Pick<Estimate, 'low' | 'high'>): string {
  return range(low.toFixed(3), high.toFixed(3));
}

/** Lists the cautions about the set of symbols: whose members at which time, and how many lack bars. */
export function universeCautions({
  universe,
  knownFrom,
  withoutBars,
  someWithoutBars,
}: UniverseUsed): readonly string[] {
  const which =
    knownFrom === null
      ? say`Universe of its time: the members of ${universe} at each session.`
      : say`Universe of its time: the members of ${universe} at each session, known from ${knownFrom} on.`;
  if (withoutBars === 0) return [which];
  const members = quantity(withoutBars, 'member has', 'members have');
  const some = named(someWithoutBars, 3, withoutBars);
  return [which, say`${members} no bars here (${some}): the figures are without them.`];
}
