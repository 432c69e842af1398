const dayLength = 'YYYY-MM-DD'.length;

/**
 * A value as it comes out of every database: a date as 'YYYY-MM-DD', an instant as ISO 8601 in UTC, a count as a
 * number.
 *
 * @param type its type, as the driver calls it
 */
export function readValue(type: string, value: unknown): unknown {
  if (value instanceof Date) return type === 'Date' ? value.toISOString().slice(0, dayLength) : value.toISOString();
  // One of 64 bits is given as text, by a name that it has where it may be null as well.
  return (type === 'BigInt' || type === 'IntN') && typeof value === 'string' ? Number(value) : value;
}
