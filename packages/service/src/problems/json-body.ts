import { DayTradeError } from '@daytrade/errors';
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

/**
 * Returns whether arrays and objects of a value are nested deeper than a number of levels. Goes level by level, since
 * recursion would end at the depth that is looked for.
 */
function isDeeperThan(most: number, value: unknown): boolean {
  let level = [value].filter(isNested);
  for (let depth = 0; depth < most && level.length > 0; depth += 1) {
    const below: object[] = [];
    // Other values are left out here: with each kind of value in one array, V8 compiled this anew all the time.
    for (const each of level) for (const inner of Object.values(each)) if (isNested(inner)) below.push(inner);
    level = below;
  }
  return level.length > 0;
}

function isNested(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function tooDeep(): DayTradeError {
  return new DayTradeError('input.invalid', `body: expected at most ${mostLevels} levels of objects and arrays`);
}

/** Returns the error of a body that is not JSON, in the words of Node.js, whose reason fastify leaves out. */
function notJson(text: string): DayTradeError {
  let reason = 'an object has the key "__proto__" or "constructor", which is not allowed';
  try {
    JSON.parse(text);
  } catch (error) {
    reason = (error as Error).message;
  }
  return new DayTradeError('input.not-json', `body: expected JSON: ${reason}`);
}
