import type { Kubectl } from './kubectl.ts';

/** Asks the release's PostgreSQL, in its pod; rows are lines, columns are divided by tabs. */
export async function query(kubectl: Kubectl, namespace: string, sql: string): Promise<string> {
  const psql = ['psql', '--username=daytrade', '--dbname=daytrade', '--no-align', '--tuples-only'];
  const args = ['exec', '--stdin', 'postgresql-0', '--namespace', namespace, '--', ...psql, '--field-separator=\t'];
  return (await kubectl([...args, '--set=ON_ERROR_STOP=1'], { input: `${sql};\n` })).trim();
}

/** What a table has. */
export interface TableContent {
  readonly rows: number;
  /** Of all values of all rows, whatever their order. */
  readonly checksum: string;
}

/** Every table with its rows and a checksum of all their values. */
export async function tablesOf(kubectl: Kubectl, namespace: string): Promise<Readonly<Record<string, TableContent>>> {
  const names = await query(
    kubectl,
    namespace,
    "select table_name from information_schema.tables where table_schema = 'public' order by table_name",
  );
  const tables: Record<string, TableContent> = {};
  for (const name of names.split('\n')) {
    const line = await query(
      kubectl,
      namespace,
      "select count(*), md5(string_agg(digest, '' order by digest)) from (select md5(t::text) as digest from " +
        `"${name}" t) rows`,
    );
    const [rows = '0', checksum = ''] = line.split('\t');
    tables[name] = { rows: Number(rows), checksum };
  }
  return tables;
}

type Tables = Readonly<Record<string, TableContent>>;

/** Rows of all tables. */
export function rowsOf(tables: Tables): number {
  return Object.values(tables).reduce((sum, { rows }) => sum + rows, 0);
}

/** What a restore did not bring back: rows that are missing, and tables whose values differ. */
export function lossesOf(before: Tables, after: Tables): { readonly rows: number; readonly tables: readonly string[] } {
  const names = Object.keys(before);
  const missing = (name: string) => Math.max(0, (before[name]?.rows ?? 0) - (after[name]?.rows ?? 0));
  return {
    rows: names.reduce((sum, name) => sum + missing(name), 0),
    tables: names.filter((name) => before[name]?.checksum !== after[name]?.checksum),
  };
}
