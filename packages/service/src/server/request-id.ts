import { randomUUID } from 'node:crypto';

const sane = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$/;

/** The caller's request id where it is short and plain enough for a log line and a header, else a new one. */
export function requestIdOf(header: string | readonly string[] | undefined): string {
  return typeof header === 'string' && sane.test(header) ? header : randomUUID();
}
