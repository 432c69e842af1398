import { errorCodes } from '@daytrade/errors';
import { errorsInJapanese } from '@daytrade/errors/japanese';
import type { PageProblem } from '../api/request.ts';
import { language } from './language.ts';

/** Title and remedy of every problem in Japanese. */
const problemsInJapanese: Readonly<Record<string, readonly [title: string, remedy: string]>> = {
  ...errorsInJapanese,
  'page.no-answer': ['サーバーが応答しません', '`daytrade up` の動作を確認してください。自動的に再試行します。'],
};

type ProblemTexts = Pick<PageProblem, 'title' | 'remedy'>;

/** Returns title and remedy of a problem; in the service's English where the page does not know its code. */
export function problemTexts({ code, title, remedy }: ProblemTexts & Pick<PageProblem, 'code'>): ProblemTexts {
  const inJapanese = language.value === 'ja' ? problemsInJapanese[code] : undefined;
  return inJapanese === undefined ? { title, remedy } : { title: inJapanese[0], remedy: inJapanese[1] };
}

/** Returns title and remedy of a run's error. A run keeps the code alone. */
export function errorTexts(code: string): ProblemTexts {
  const { title, remedy } =
    code in errorCodes ? errorCodes[code as keyof typeof errorCodes] : { title: '', remedy: '' };
  return problemTexts({ code, title, remedy });
}
