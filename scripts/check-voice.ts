/**
 * Measures how the comments of the product and its documents speak, as part of `npm run lint`: the share of sentences
 * that open with a question word or use a word of the list, which readers have to read twice. Fails above the limit of
 * either, and names the places.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const limit = 0.03;
const document = /(?<!\.ja)\.md$/;
const product = /^(?:packages|services|apps|scripts|infrastructure)\/.*\.tsx?$/;
const ofTests = /(?:^|\/)(?:testing|tests|oracles|fixtures)\/|\.(?:test|suite|fixture|d)\.tsx?$/;
const comment = /\/\*(.*?)\*\/|((?:^[ \t]*\/\/[^\n]*\n?)+)/gms;
const opener = /^(?:What|Who|Whom|Whose|Whether|How|Where|Of|By|Up to|But for|Beside)\b/;
const strange =
  /\b(?:nobody|somebody|whoever|whichever|is none|that is none|but for|beside it|anew|by whom|of whom|so many|as said)\b/i;

interface Sentence {
  readonly line: number;
  readonly text: string;
}

/** Splits the comments of a source into sentences of three words or more, without tags of JSDoc. */
function sentencesOfComments(source: string): Sentence[] {
  return [...source.matchAll(comment)].flatMap(({ 1: block, 2: lines, index }) => {
    const text = (block ?? lines!.replaceAll(/^[ \t]*\/\//gm, '')).replaceAll(/\s*\n\s*\*?\s?/g, ' ');
    return sentences(text.replaceAll(/^[ *]+|[ *]+$/g, ''), lineAt(source, index), 3);
  });
}

/** Splits a document into sentences of four words or more: of paragraphs, list items and cells, without code. */
function sentencesOfDocument(source: string): Sentence[] {
  const text = source.replaceAll(/^ *```[^]*?^ *```$/gm, (code) => code.replaceAll(/[^\n]/g, ''));
  return [...text.matchAll(/(?:^(?![#\n]).+\n?)+/gm)].flatMap(({ 0: block, index }) =>
    block
      .split(/\n(?= *(?:[-*|] ?|\d+\. ))| \| /)
      .flatMap((part) => sentences(part.replaceAll(/^[\s|*-]+|\s+/g, ' ').trim(), lineAt(text, index), 4)),
  );
}

function sentences(text: string, line: number, least: number): Sentence[] {
  return text
    .split(/(?<=[.;:])\s+(?=[A-Z@])/)
    .map((sentence) => ({ line, text: sentence.trim().replace(/^@\w+\s+(?:\{[^}]*\}\s*)?/, '') }))
    .filter((sentence) => sentence.text.split(/\s+/).length >= least);
}

function lineAt(source: string, index: number): number {
  return source.slice(0, index).split('\n').length;
}

const files = execFileSync('git', ['ls-files'], { encoding: 'utf8', maxBuffer: 2 ** 26 }).split('\n');
const percent = (value: number) => `${(100 * value).toFixed(1)} %`;

/** Fails above the limit. @param name of these sentences in the message */
function measure(name: string, paths: readonly string[], split: (source: string) => Sentence[]): void {
  const all = paths.flatMap((file) => split(readFileSync(file, 'utf8')).map((sentence) => ({ file, ...sentence })));
  const odd = all.filter(({ text }) => opener.test(text) || strange.test(text));
  const share = odd.length / all.length;
  if (share <= limit) return;
  for (const { file, line, text } of odd) console.error(`${file}:${line}  ${text.slice(0, 120)}`);
  console.error(`${percent(share)} of ${all.length} sentences in ${name}; at most ${percent(limit)}`);
  process.exitCode = 1;
}

const ofProduct = files.filter((file) => product.test(file) && !ofTests.test(file));
measure('comments', ofProduct, sentencesOfComments);
measure(
  'documents',
  files.filter((file) => document.test(file)),
  sentencesOfDocument,
);
