import { isIPv4 } from 'node:net';
import { DayTradeError } from '@daytrade/errors';

/** Returns true for a host that only this machine can reach: localhost, 127.0.0.0/8, ::1. */
export function isLoopback(host: string): boolean {
  const name = host.toLowerCase().replace(/^\[(.*)\]$/, '$1');
  return name === 'localhost' || name === '::1' || (isIPv4(name) && name.startsWith('127.'));
}

/** Returns the name in a Host header without its port. */
export function hostName(header: string): string {
  return header.replace(/:\d*$/, '');
}

/**
 * Refuses to serve a network without a token.
 *
 * @throws DayTradeError `settings.invalid` naming both settings
 */
export function assertMayListen(host: string, token: string | undefined): void {
  if (token !== undefined || isLoopback(host)) return;
  throw new DayTradeError(
    'settings.invalid',
    `DAYTRADE_HOST=${JSON.stringify(host)} is beyond loopback, and DAYTRADE_TOKEN is not set: expected a token ` +
      'of at least 24 characters, or DAYTRADE_HOST=127.0.0.1',
  );
}
