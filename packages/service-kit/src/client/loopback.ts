import { isIPv4 } from 'node:net';

/** True for a name or address that only this machine can reach: localhost, 127.0.0.0/8, ::1. */
export function isLoopback(host: string): boolean {
  const name = host.toLowerCase().replace(/^\[(.*)\]$/, '$1');
  return name === 'localhost' || name === '::1' || (isIPv4(name) && name.startsWith('127.'));
}

/** The name in a Host header, without its port. */
export function hostName(header: string): string {
  return header.replace(/:\d*$/, '');
}
