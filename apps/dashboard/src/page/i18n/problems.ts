import { errorCodes } from '@daytrade/errors';
import { errorsInJapanese } from '@daytrade/errors/japanese';
import type { PageProblem } from '../api/request.ts';
import { language, text } from './language.ts';

type ProblemTexts = Pick<PageProblem, 'title' | 'remedy'>;

/** Returns title and remedy of a problem; in the service's English where the page does not know its code. */
export function problemTexts({ code, title, remedy }: ProblemTexts & Pick<PageProblem, 'code'>): ProblemTexts {
  if (code === 'page.no-answer') return { title: text('problem.no-answer'), remedy: text('problem.no-answer.remedy') };
  const translations: Readonly<Record<string, ProblemTexts>> = language.value === 'ja' ? errorsInJapanese : {};
  return translations[code] ?? { title, remedy };
}

/** Returns title and remedy of a run's error. A run keeps the code alone. */
export function errorTexts(code: string): ProblemTexts {
  const { title, remedy } =
    code in errorCodes ? errorCodes[code as keyof typeof errorCodes] : { title: '', remedy: '' };
  return problemTexts({ code, title, remedy });
}
