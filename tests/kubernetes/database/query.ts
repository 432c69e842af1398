import { query as queryBy, type TableContent, tablesOf } from '@daytrade/rehearsal';
import { kubectl } from '../cluster/kubectl.ts';

/** Large tables take a while. */
const ask = (args: readonly string[], options: { readonly input?: string } = {}) =>
  kubectl(args, { ...options, timeoutSeconds: 300 });

/** Asks the release's PostgreSQL, in its pod; rows are lines, columns are divided by tabs. */
export function query(namespace: string, sql: string): Promise<string> {
  return queryBy(ask, namespace, sql);
}

/** Rows of every table, with a checksum of all their values. */
export function tableChecksums(namespace: string): Promise<Readonly<Record<string, TableContent>>> {
  return tablesOf(ask, namespace);
}
