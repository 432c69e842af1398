import { patternSource } from '@daytrade/contracts/translation';
import { Help, type HelpConfiguration } from 'commander';
import stringWidth from 'string-width';
import { say } from './language.ts';

/** Help in the chosen language: commander's own words, and lines that break between Japanese characters. */
export const spokenHelp: HelpConfiguration = {
  styleTitle: say,
  displayWidth: stringWidth,
  boxWrap,
  optionDescription: (option) =>
    Help.prototype.optionDescription.call(null, option).replace('(default: ', `(${say('default: ')}`),
};

/** Breaks a text at spaces and between Japanese characters, and parts no bracket or full stop from its word. */
function boxWrap(text: string, width: number): string {
  const lines: string[] = [];
  for (const given of text.split('\n')) {
    lines.push('');
    for (const [piece] of given.matchAll(/\s*[（「]*(?:[\u0021-\u007e]+|.)[、。）」・？：]*/gu)) {
      const longer = `${lines.at(-1)}${piece}`;
      if (stringWidth(longer) <= width) lines[lines.length - 1] = longer;
      else lines.push(piece.trimStart());
    }
  }
  return lines.join('\n');
}

/** Errors of commander by their texts; `{0}` stands for what a caller typed. */
const errors = [
  "error: unknown option '{0}'",
  "error: unknown command '{0}'",
  "error: missing required argument '{0}'",
  "error: required option '{0}' not specified",
  "error: option '{0}' argument missing",
  '(Did you mean one of {0}?)',
  '(Did you mean {0}?)',
] as const;

const patterns = errors.map((error) => [error, new RegExp(patternSource(error))] as const);

/** Returns an error of commander in the chosen language. */
export function sayUsageError(text: string): string {
  return patterns.reduce(
    (said, [error, pattern]) => said.replace(pattern, (_, value: string) => say(error, value)),
    text,
  );
}
