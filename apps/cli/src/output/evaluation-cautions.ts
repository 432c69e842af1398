import type { Evaluation } from '@daytrade/contracts';
import { count } from './format.ts';
import { universeCautions } from './universe-caution.ts';

/** What a reader of the figures has to know before them, each a line. */
export function evaluationCautions(evaluation: Evaluation): string {
  const { days, daysAsked, symbols, endedSymbols, synthetic, universe } = evaluation;
  const cautions: string[] = [];
  if (daysAsked !== undefined && days < daysAsked) {
    cautions.push(
      `${count(days)} sessions judged of ${count(daysAsked)} asked for: the first training and the warm-up need the ` +
        'bars before them',
    );
  }
  if (universe !== undefined) cautions.push(...universeCautions(universe));
  else if (endedSymbols === 0 && symbols > 1 && !synthetic) {
    cautions.push(
      `Survivors only: the bars of all ${count(symbols)} symbols reach the newest session. What was delisted is ` +
        'missing, which flatters the figures',
    );
  }
  return cautions.map((caution) => `\n${caution}`).join('');
}
