/** The number of SQL Server's error, see its catalogue sys.messages; undefined for what the driver says itself. */
export function errorNumber(error: unknown): number | undefined {
  const { number } = (error ?? {}) as { readonly number?: unknown };
  return typeof number === 'number' ? number : undefined;
}

/** A row that a unique index, or a primary key, has already. */
export const duplicateKey: ReadonlySet<number | undefined> = new Set([2601, 2627]);
/** No room: on the disk of the data, on that of the log, and in a database of Azure of its largest size. */
export const diskFull: ReadonlySet<number | undefined> = new Set([1105, 9002, 40544]);
/** A database that turned into a copy to read from: its connection stays of no use. */
export const readOnly: ReadonlySet<number | undefined> = new Set([3906, 3908]);
/** Nothing to roll back: after a deadlock, and some other errors, the server has done so by itself. */
export const rolledBack = 3903;
