import type { ErrorCode, ErrorCodeEntry } from './codes.ts';
import japanese from './errors.ja.json' with { type: 'json' };

/** Title and remedy of each error code in Japanese, for the page and the command line. */
export const errorsInJapanese: Readonly<Record<ErrorCode, Pick<ErrorCodeEntry, 'title' | 'remedy'>>> = japanese;
