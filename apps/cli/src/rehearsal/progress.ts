import { holds, type StepName, type StepResult, valueText } from '@daytrade/rehearsal';
import { duration } from '../output/format.ts';

/** Says which step begins and what comes after it, and how each ended. */
export function saysProgress(say: (line: string) => void, chosen: readonly StepName[]) {
  return {
    onBegin: (step: StepResult['step'], after: readonly StepName[]) => {
      const place = chosen.indexOf(step as StepName);
      const number = place < 0 ? '' : `${place + 1} of ${chosen.length}: `;
      say(`${number}${step}${after.length === 0 ? '' : `; then ${after.join(', ')}`}`);
    },
    onEnd: ({ step, verdict, seconds, figures, cause }: StepResult) => {
      const told = figures.map((figure) => `${figure.id} ${valueText(figure)}${holds(figure) ? '' : ' (missed)'}`);
      say(`  ${step} ${verdict}, ${duration(seconds)}${told.length === 0 ? '' : `: ${told.join(', ')}`}`);
      if (cause !== undefined) say(`  ${cause.replaceAll('\n', '\n  ')}`);
    },
  };
}
