import japanese from './codes.ja.json' with { type: 'json' };
import { language } from './language.ts';

/** Returns a code of a service in words: a state, a reason or a verdict. In English the code says it itself. */
export function codeLabel(code: string): string {
  const known: Readonly<Record<string, string>> = language.value === 'ja' ? japanese : {};
  return known[code] ?? code.replaceAll('-', ' ');
}
