import { DayTradeError } from '@daytrade/errors';
import { ConnectionError, RequestError } from 'tedious';
import { describe, expect, it } from 'vitest';
import { serverErrors } from '../server-errors.ts';
import { mssqlFault } from './errors.ts';

const server = { host: 'example.database.windows.net', port: 1433, database: 'daytrade' };
const errors = serverErrors(server, mssqlFault);

/** An error that the server sends, by its number there. */
function sent(number: number, severity = 16): RequestError {
  return Object.assign(new RequestError(`message ${number}`, 'EREQUEST'), { number, class: severity });
}

const passing = { code: 'service.unavailable', retryable: true };
const refused = { code: 'dependency.refused', retryable: false };

describe('an error of a statement', () => {
  it.each([
    [[1205, 1222, 40197, 40501, 40613, 10928, 49918, 42108], { ...passing, message: /1433 cannot serve now: message/ }],
    [[229, 916], refused],
    [[207, 208], { code: 'service.unavailable', message: /run `daytrade database migrate`/ }],
  ])('with one of the numbers %j is %o', (numbers, { message, ...expected }: Record<string, unknown>) => {
    for (const number of numbers) {
      const error = errors.ofQuery(sent(number));
      expect(error).toMatchObject(expected);
      if (message !== undefined) expect(String(error)).toMatch(message as RegExp);
      expect(errors.isBroken(sent(number))).toBe(false);
    }
  });

  it.each([102, 547, 2601, 2627, 8152])('with number %i is its own fault, and comes back as it is', (number) => {
    const error = sent(number);
    expect(errors.ofQuery(error)).toBe(error);
    expect(errors.isBroken(error)).toBe(false);
  });

  it('is the first where the server says several, and may be tried again where it took too long', () => {
    const [first, second] = [sent(1767), sent(1750)];
    // So does kysely give them.
    expect(errors.ofQuery([first, second])).toBe(first);
    expect(errors.ofQuery(new AggregateError([sent(1205), second]))).toMatchObject({ code: 'service.unavailable' });
    expect(errors.ofQuery(new RequestError('Timeout: Request failed', 'ETIMEOUT'))).toMatchObject(passing);
  });

  it.each([
    ['a lost connection', new RequestError('Connection lost', 'ESOCKET')],
    ['a connection that was closed', new RequestError('Connection closed', 'ECLOSE')],
    ['an error that ends the connection', sent(596, 21)],
    ['a database that turned into a copy to read from', sent(3906)],
    ['a session that Azure SQL ended for what it held', sent(40549)],
  ])('%s leaves nothing of the connection to be used', (_, error) => {
    expect(errors.isBroken(error)).toBe(true);
    expect(errors.ofQuery(error)).toMatchObject(passing);
  });
});

describe('an error of a connection', () => {
  const failed = (message: string, code: string) =>
    new ConnectionError('Failed to connect', 'ESOCKET', { cause: Object.assign(new Error(message), { code }) });
  /** As `CheckedSession` gives it: the driver's words around those of the server. */
  const login = (number: number) =>
    new ConnectionError('Login failed', 'ELOGIN', { cause: Object.assign(new Error('told'), { number }) });

  it.each([
    ['of a wrong login', login(18456), refused],
    ['of an address that is kept out', login(40615), refused],
    ['while Azure moves the database', login(40613), passing],
    [
      'of an unknown certificate',
      failed('self-signed certificate in certificate chain', 'SELF_SIGNED_CERT_IN_CHAIN'),
      { code: 'dependency.refused', message: expect.stringContaining('cannot be trusted: self-signed certificate') },
    ],
    ['of a host that is not found', failed('getaddrinfo ENOTFOUND concert.example', 'ENOTFOUND'), passing],
    ['of silence', new ConnectionError('Failed to connect in 5000ms', 'ETIMEOUT'), passing],
  ])('%s is told from the others', (_, error, expected) => {
    expect(errors.whileConnecting(error)).toMatchObject(expected);
  });

  it('is that of the token where none is to be had, whatever its words', () => {
    const cause = new Error('400 no managed identity is assigned to this machine');
    const none = new DayTradeError('service.unavailable', 'Entra gives no token', { cause });
    expect(errors.whileConnecting(none)).toBe(none);
  });
});
