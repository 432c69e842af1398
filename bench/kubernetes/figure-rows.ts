import { stripVTControlCharacters } from 'node:util';

const figure = /^figure: (?:(?<scenario>[^:]+): )?(?<text>.*\S)/gm;

/** The measured figures in what a suite of tests printed: the scenario, and what was measured in it. */
export function figureRows(output: string): string[][] {
  const found = stripVTControlCharacters(output).matchAll(figure);
  return [...found].map(({ groups }) => [groups?.scenario ?? '', groups?.text ?? '']);
}
