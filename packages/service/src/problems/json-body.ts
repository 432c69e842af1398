import { isDeeperThan } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import { type ParseError, parse, printParseErrorCode } from 'jsonc-parser';
import type { Service } from '../service.ts';

const mostLevels = 32;

/**
 * Accepts JSON bodies of limited depth and no other content type. A missing body counts as `{}`, so a body with
 * defaults may be omitted.
 */
export function readJsonBodies(service: Service): void {
  const parseJson = service.getDefaultJsonParser('error', 'error');
  service.removeAllContentTypeParsers();
  service.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    const text = body.toString();
    if (text === '') return done(null, undefined);
    void parseJson(request, text, (error, value) => {
      if (error !== null && error !== undefined) done(notJson(text));
      else if (isDeeperThan(mostLevels, value)) done(tooDeep());
      else done(null, value);
    });
  });
  service.addHook('preValidation', (request, _reply, done) => {
    if (request.method !== 'GET' && request.method !== 'HEAD' && request.body === undefined) request.body = {};
    done();
  });
}

function tooDeep(): DayTradeError {
  return new DayTradeError('input.invalid', `body: expected at most ${mostLevels} levels of objects and arrays`, {
    details: { mostLevels },
  });
}

/** The expected token by the code of the parser's error. */
const expectations: Readonly<Record<string, string>> = {
  CloseBraceExpected: '"}"',
  CloseBracketExpected: '"]"',
  ColonExpected: '":"',
  CommaExpected: '","',
  EndOfFileExpected: 'the end',
  InvalidCharacter: 'a character that may stand in a string',
  InvalidEscapeCharacter: 'an escape sequence',
  InvalidUnicode: 'an escape sequence',
  PropertyNameExpected: 'a key in double quotes',
  UnexpectedEndOfNumber: 'a digit',
  UnexpectedEndOfString: 'a closing quote',
};

/** Returns the error of a body that is not JSON, with the position of the first wrong character. */
function notJson(text: string): DayTradeError {
  if (text.trim() === '') return new DayTradeError('input.not-json', 'body: expected a JSON object, got nothing');
  const errors: ParseError[] = [];
  try {
    parse(text, errors, { disallowComments: true });
  } catch {
    // The parser recurses, and thousands of brackets exhaust the stack.
    return tooDeep();
  }
  const [first] = errors;
  if (first === undefined) {
    return new DayTradeError(
      'input.not-json',
      'body: an object has the key "__proto__" or "constructor", which is not allowed',
    );
  }
  const position = first.offset;
  const before = text.slice(0, position).split('\n');
  const [line, column] = [before.length, before.at(-1)!.length + 1];
  const expected = expectations[printParseErrorCode(first.error)] ?? 'a value';
  const character = text.codePointAt(position);
  const got = character === undefined ? 'the end' : JSON.stringify(String.fromCodePoint(character));
  return new DayTradeError(
    'input.not-json',
    `body: not JSON at line ${line}, column ${column} (position ${position}): expected ${expected}, got ${got}`,
    { details: { position, line, column } },
  );
}
