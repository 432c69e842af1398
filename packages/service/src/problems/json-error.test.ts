import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findJsonError } from './json-error.ts';

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

describe('findJsonError', () => {
  it.each([
    ['hello', 0, 'a value', '"h"'],
    ['{"symbols": [7203,]}', 18, 'a value', '"]"'],
    ['{"a": 1,}', 8, 'a key in double quotes', '"}"'],
    ['{a: 1}', 1, 'a key in double quotes or "}"', '"a"'],
    ['{"a" 1}', 5, '":"', '"1"'],
    ['{"a": 1', 7, '"," or "}"', 'the end'],
    ['[1 2]', 3, '"," or "]"', '"2"'],
    ['{} {}', 3, 'the end', '"{"'],
    ['"open', 5, 'a closing quote', 'the end'],
    ['"tab\tinside"', 4, 'a character that may stand in a string', '"\\t"'],
    ["{'a': 1}", 1, 'a key in double quotes or "}"', '"\'"'],
    ['[01]', 2, '"," or "]"', '"1"'],
    ['[🙂]', 1, 'a value', '"🙂"'],
  ])('%s stops being JSON at %i', (text, position, expected, got) => {
    expect(findJsonError(text)).toMatchObject({ position, expected, got });
  });

  // Why there is a scanner: an engine that names these places, too, makes it superfluous.
  it.each(['hello', '{"symbols": [7203,]}', '{"a": tru}', '{"a": NaN}', '[🙂]', '', '[', '{"a":'])(
    'names the place of %j, where JSON.parse of this engine names none',
    (text) => {
      expect(() => JSON.parse(text)).toThrow(/^(?!.*position \d)/s);
      expect(findJsonError(text)).toMatchObject({ position: expect.any(Number), expected: 'a value' });
    },
  );

  it('counts lines and columns from 1', () => {
    expect(findJsonError('{\n  "from": 2026-02-30\n}')).toMatchObject({ line: 2, column: 15 });
  });

  it('does not overflow on deep nesting or long strings', () => {
    expect(findJsonError('['.repeat(200_000))).toMatchObject({ position: 200_000, got: 'the end' });
    expect(findJsonError(`"${'\\n'.repeat(200_000)}"`)).toBeUndefined();
  });

  it('finds nothing in any JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(undefined, 2), (value, indent) => {
        expect(findJsonError(JSON.stringify(value, null, indent))).toBeUndefined();
      }),
    );
  });

  it('agrees with JSON.parse on what is JSON, after any one change of a character', () => {
    const changed = fc
      .tuple(
        fc.jsonValue(),
        fc.nat(),
        fc.constantFrom('', '"', '{', ']', ',', ':', '1', '-', '.', 'e', '\\', ' ', '\u0001'),
      )
      .map(([value, at, character]) => {
        const text = JSON.stringify(value);
        const index = at % (text.length + 1);
        return `${text.slice(0, index)}${character}${text.slice(index + 1)}`;
      });
    fc.assert(
      fc.property(changed, (text) => {
        expect(findJsonError(text) === undefined).toBe(isJson(text));
      }),
      { numRuns: 2_000 },
    );
  });

  it('names the position that JSON.parse names, where that names one', () => {
    // Without numbers and escapes: there V8 points behind the token that it could not finish.
    const word = fc.stringMatching(/^[a-z ]{0,8}$/);
    const values = fc.dictionary(word, fc.oneof(word, fc.boolean(), fc.constant(null), fc.array(word)));
    fc.assert(
      fc.property(values, fc.nat(), (value, at) => {
        const text = JSON.stringify(value);
        const broken = `${text.slice(0, at % text.length)}\u0002${text.slice(at % text.length)}`;
        let named: string | undefined;
        try {
          JSON.parse(broken);
        } catch (error) {
          named = /at position (\d+)/.exec((error as Error).message)?.[1];
        }
        if (named !== undefined) expect(findJsonError(broken)?.position).toBe(Number(named));
      }),
      { numRuns: 1_000 },
    );
  });
});
