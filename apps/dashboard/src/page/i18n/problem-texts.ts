import { errorCodes } from '@daytrade/errors';
import type { PageProblem } from '../api/request.ts';
import { language } from './language.ts';
import { problemsInJapanese } from './problems-in-japanese.ts';

/** The title and remedy of a problem in the reader's language; a code that the page does not know as it was written. */
export function problemTexts(problem: Pick<PageProblem, 'code' | 'title' | 'remedy'>): {
  readonly title: string;
  readonly remedy: string;
} {
  return (language.value === 'ja' ? inJapanese(problem.code) : undefined) ?? problem;
}

/** The title and remedy of a run's error, of which the run keeps the code alone. */
export function errorTexts(code: string): { readonly title: string; readonly remedy: string } {
  const { title, remedy } =
    code in errorCodes ? errorCodes[code as keyof typeof errorCodes] : { title: '', remedy: '' };
  return problemTexts({ code, title, remedy });
}

function inJapanese(code: string) {
  return code in problemsInJapanese ? problemsInJapanese[code as keyof typeof problemsInJapanese] : undefined;
}
