/** Columns of the table of bars that are about to be written: position of the source, and milliseconds. */
export const originNames = ['origin', 'fetched'] as const;

/** SQL of the columns `source` and `fetched_at` (UTC) of a file; null where the origin is not known. */
export function originColumns(sources: readonly string[]): readonly string[] {
  const list = sources.map((source) => `'${source.replaceAll("'", "''")}'`).join(', ');
  return [
    `CASE WHEN origin < 0 THEN NULL ELSE ([${list}])[origin::INTEGER + 1] END AS source`,
    'CASE WHEN origin < 0 THEN NULL ELSE epoch_ms(fetched::BIGINT) END AS fetched_at',
  ];
}
