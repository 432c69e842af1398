/**
 * Measures how the comments of the product speak, as part of `npm run lint`: the share of sentences that open with a
 * question word or use a word of the list, which readers have to read twice. Fails above the limit and names the
 * places.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const limit = 0.03;
const product = /^(?:packages|services|apps|scripts|infrastructure)\/.*\.tsx?$/;
const ofTests = /(?:^|\/)(?:testing|tests|oracles|fixtures)\/|\.(?:test|suite|fixture|d)\.tsx?$/;
const comment = /\/\*(.*?)\*\/|((?:^[ \t]*\/\/[^\n]*\n?)+)/gms;
const opener = /^(?:What|Who|Whom|Whose|Whether|How|Where|Of|By|Up to|But for|Beside)\b/;
const strange =
  /\b(?:nobody|somebody|whoever|whichever|is none|that is none|but for|beside it|anew|by whom|of whom|so many|as said)\b/i;

/** Splits the comments of a source into sentences of three words or more, without tags of JSDoc. */
function sentencesOf(source: string): { readonly line: number; readonly text: string }[] {
  return [...source.matchAll(comment)].flatMap(({ 1: block, 2: lines, index }) => {
    const text = (block ?? lines!.replaceAll(/^[ \t]*\/\//gm, '')).replaceAll(/\s*\n\s*\*?\s?/g, ' ');
    const line = source.slice(0, index).split('\n').length;
    return text
      .replaceAll(/^[ *]+|[ *]+$/g, '')
      .split(/(?<=[.;])\s+(?=[A-Z@])/)
      .map((sentence) => ({ line, text: sentence.trim().replace(/^@\w+\s+(?:\{[^}]*\}\s*)?/, '') }))
      .filter((sentence) => sentence.text.split(/\s+/).length >= 3);
  });
}

const files = execFileSync('git', ['ls-files'], { encoding: 'utf8', maxBuffer: 2 ** 26 })
  .split('\n')
  .filter((file) => product.test(file) && !ofTests.test(file));
const sentences = files.flatMap((file) =>
  sentencesOf(readFileSync(file, 'utf8')).map((sentence) => ({ file, ...sentence })),
);
const odd = sentences.filter(({ text }) => opener.test(text) || strange.test(text));
const share = odd.length / sentences.length;
const percent = (value: number) => `${(100 * value).toFixed(1)} %`;
if (share > limit) {
  for (const { file, line, text } of odd) console.error(`${file}:${line}  ${text.slice(0, 120)}`);
  console.error(`${percent(share)} of ${sentences.length} sentences in comments; at most ${percent(limit)}`);
  process.exitCode = 1;
}
