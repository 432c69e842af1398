import { DayTradeError } from '@daytrade/errors';
import { findJsonError } from './json-error.ts';
import type { Service } from './service.ts';

/**
 * Reads bodies as JSON and refuses every other content type. A request without any body counts as `{}`, so that a body whose fields
 * all have defaults may be left out.
 */
export function readJsonBodies(service: Service): void {
  const parse = service.getDefaultJsonParser('error', 'error');
  service.removeAllContentTypeParsers();
  service.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    const text = body.toString();
    void parse(request, text, (error, value) => {
      if (error === null || error === undefined) done(null, value);
      else done(notJson(text));
    });
  });
  service.addHook('preValidation', async (request) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') request.body ??= {};
  });
}

/** The error of a body that is not JSON, naming where it stops to be. */
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
