import { isDeeperThan } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import type { Service } from '../service.ts';
import { findJsonError } from './json-error.ts';

/** No body that a route takes is nested as deep as this. */
const mostLevels = 32;

/**
 * Reads bodies as JSON and refuses every other content type, and what is nested too deep for whoever walks through it.
 * A request without any body counts as `{}`, so that a body whose fields all have defaults may be left out.
 */
export function readJsonBodies(service: Service): void {
  const parse = service.getDefaultJsonParser('error', 'error');
  service.removeAllContentTypeParsers();
  service.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    const text = body.toString();
    if (text === '') return done(null, undefined);
    void parse(request, text, (error, value) => {
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

/** The error of a body that is not JSON, naming where it stops being JSON. */
function notJson(text: string): DayTradeError {
  if (text.trim() === '') {
    return new DayTradeError('input.not-json', 'body: expected a JSON object, got nothing');
  }
  const found = findJsonError(text);
  if (found === undefined) {
    return new DayTradeError(
      'input.not-json',
      'body: an object has the key "__proto__" or "constructor", which is not allowed',
    );
  }
  const { position, line, column, expected, got } = found;
  return new DayTradeError(
    'input.not-json',
    `body: not JSON at line ${line}, column ${column} (position ${position}): expected ${expected}, got ${got}`,
    { details: { position, line, column } },
  );
}
