import { DayTradeError, isDayTradeError } from '@daytrade/errors';
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

describe('an error of a statement', () => {
  it.each([1205, 1222, 40197, 40501, 40613, 10928, 49918, 42108])('with number %i may be tried again', (number) => {
    expect(errors.ofQuery(sent(number))).toMatchObject({
      code: 'service.unavailable',
      retryable: true,
      message: `the database daytrade on example.database.windows.net:1433 cannot serve now: message ${number}`,
    });
    expect(errors.isBroken(sent(number))).toBe(false);
  });

  it.each([229, 916])('with number %i is a refusal', (number) => {
    expect(errors.ofQuery(sent(number))).toMatchObject({ code: 'dependency.refused', retryable: false });
  });

  it.each([207, 208])('with number %i says how to make the tables', (number) => {
    expect(errors.ofQuery(sent(number))).toMatchObject({
      code: 'service.unavailable',
      message: expect.stringContaining('run `daytrade database migrate`'),
    });
  });

  it.each([102, 547, 2601, 2627, 8152])('with number %i is its own fault, and comes back as it is', (number) => {
    const error = sent(number);
    expect(errors.ofQuery(error)).toBe(error);
    expect(errors.isBroken(error)).toBe(false);
  });

  it('is the first where the server says several', () => {
    const [first, second] = [sent(1767), sent(1750)];
    // So does kysely give them.
    expect(errors.ofQuery([first, second])).toBe(first);
    expect(errors.ofQuery(new AggregateError([sent(1205), second]))).toMatchObject({ code: 'service.unavailable' });
  });

  it.each([
    ['a lost connection', new RequestError('Connection lost', 'ESOCKET')],
    ['a connection that was closed', new RequestError('Connection closed', 'ECLOSE')],
    ['an error that ends the connection', sent(596, 21)],
    ['a database that turned into a copy to read from', sent(3906)],
    ['a session that Azure SQL ended for what it held', sent(40549)],
    ['one that it ended for its memory', sent(40553)],
  ])('%s leaves nothing of the connection to be used', (_, error) => {
    expect(errors.isBroken(error)).toBe(true);
    expect(errors.ofQuery(error)).toMatchObject({ code: 'service.unavailable', retryable: true });
  });

  it('that took too long may be tried again', () => {
    expect(errors.ofQuery(new RequestError('Timeout: Request failed', 'ETIMEOUT'))).toMatchObject({
      code: 'service.unavailable',
      retryable: true,
    });
  });
});

describe('an error of a connection', () => {
  /** As `CheckedSession` gives it: the driver's words around those of the server. */
  const login = (number: number) =>
    new ConnectionError('Login failed', 'ELOGIN', { cause: Object.assign(new Error('told'), { number }) });

  it('is a refusal where the login is wrong, and not while Azure moves the database', () => {
    expect(errors.whileConnecting(login(18456))).toMatchObject({ code: 'dependency.refused', retryable: false });
    expect(errors.whileConnecting(login(40615))).toMatchObject({ code: 'dependency.refused', retryable: false });
    expect(errors.whileConnecting(login(40613))).toMatchObject({ code: 'service.unavailable', retryable: true });
    expect(errors.whileConnecting(login(42109))).toMatchObject({ code: 'service.unavailable', retryable: true });
  });

  it('is a refusal where the certificate is of nobody that is known', () => {
    const cause = Object.assign(new Error('self-signed certificate in certificate chain'), {
      code: 'SELF_SIGNED_CERT_IN_CHAIN',
    });
    const failed = new ConnectionError('Failed to connect', 'ESOCKET', { cause });
    expect(errors.whileConnecting(failed)).toMatchObject({
      code: 'dependency.refused',
      message: expect.stringContaining('cannot be trusted: self-signed certificate'),
    });
  });

  it('is that of the token where none is to be had, whatever its words', () => {
    const cause = new Error('400 no managed identity is assigned to this machine');
    const none = new DayTradeError('service.unavailable', 'Entra gives no token', { cause });
    expect(errors.whileConnecting(none)).toBe(none);
  });

  it('may be tried again where a host is not found, whatever its letters', () => {
    const cause = Object.assign(new Error('getaddrinfo ENOTFOUND concert.example'), { code: 'ENOTFOUND' });
    const failed = new ConnectionError('Failed to connect', 'ESOCKET', { cause });
    expect(errors.whileConnecting(failed)).toMatchObject({ code: 'service.unavailable', retryable: true });
  });

  it('may be tried again where nobody answers, and keeps what is known', () => {
    const silent = errors.whileConnecting(new ConnectionError('Failed to connect in 5000ms', 'ETIMEOUT'));
    expect(silent).toMatchObject({ code: 'service.unavailable', retryable: true });
    expect(isDayTradeError(silent)).toBe(true);
    expect(errors.whileConnecting(silent)).toBe(silent);
  });
});
