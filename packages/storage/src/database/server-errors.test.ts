import { DayTradeError } from '@daytrade/errors';
import { expect, it } from 'vitest';
import { type ServerFault, serverErrors } from './server-errors.ts';

const cause = new Error('from the driver');
const errorsOf = (kind: ServerFault['kind'], isLost = false) =>
  serverErrors({ host: 'db', port: 5432, database: 'prices' }, (error) => ({ kind, error, reason: 'why', isLost }));

it.each([
  ['untrusted', 'dependency.refused', 'cannot be trusted'],
  ['refused', 'dependency.refused', 'refuses the connection'],
  ['outdated', 'service.unavailable', 'is not migrated for this version; run `daytrade database migrate`'],
  ['passing', 'service.unavailable', 'cannot serve now'],
  [undefined, 'service.unavailable', 'does not answer'],
] as const)('a fault that is %s while a server is connected is %s: it %s', (kind, code, what) => {
  const message = `the database prices on db:5432 ${what}: why`;
  expect(errorsOf(kind).whileConnecting(cause)).toMatchObject({ code, message, cause });
  if (kind === undefined || kind === 'untrusted') expect(errorsOf(kind).ofQuery(cause)).toBe(cause);
  else expect(errorsOf(kind).ofQuery(cause)).toMatchObject({ code, message, cause });
});

it('a lost connection is that, whatever else it is, and an error of the platform is none of the driver', () => {
  const lost = { code: 'service.unavailable', message: 'the database prices on db:5432 was lost: why' };
  expect(errorsOf('refused', true).ofQuery(cause)).toMatchObject(lost);
  expect(errorsOf(undefined, true).ofQuery(cause)).toMatchObject(lost);
  expect([errorsOf('passing', true).isBroken(cause), errorsOf('passing').isBroken(cause)]).toEqual([true, false]);
  const own = new DayTradeError('dependency.refused', 'no token');
  const errors = errorsOf('passing', true);
  expect([errors.whileConnecting(own), errors.ofQuery(own), errors.isBroken(own)]).toEqual([own, own, false]);
});
