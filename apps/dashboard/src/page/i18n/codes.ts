import japanese from './codes.ja.json' with { type: 'json' };
import { language } from './language.ts';

/** Codes that an English reader would not understand. */
const english = { misfire: 'catching up' };

/** Returns a code of a service in words: a state, a reason or a verdict. In English most codes say it themselves. */
export function codeLabel(code: string): string {
  const labels: Readonly<Record<string, string>> = language.value === 'ja' ? japanese : english;
  return labels[code] ?? code.replaceAll('-', ' ');
}
