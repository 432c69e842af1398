import { kubectl } from '../cluster/kubectl.ts';

/** Asks the release's PostgreSQL, in its pod; rows are lines, columns are divided by tabs. */
export async function query(namespace: string, sql: string): Promise<string> {
  const psql = ['psql', '--username=daytrade', '--dbname=daytrade', '--no-align', '--tuples-only'];
  const args = ['exec', '--stdin', 'postgresql-0', '--namespace', namespace, '--', ...psql, '--field-separator=\t'];
  return (await kubectl([...args, '--set=ON_ERROR_STOP=1'], { input: `${sql};\n`, timeoutSeconds: 300 })).trim();
}

interface TableContent {
  readonly rows: number;
  /** Of all values of all rows, whatever their order. */
  readonly checksum: string;
}

/** Rows of every table, with a checksum of all their values. */
export async function tableChecksums(namespace: string): Promise<Readonly<Record<string, TableContent>>> {
  const names = await query(
    namespace,
    "select table_name from information_schema.tables where table_schema = 'public' order by table_name",
  );
  const tables: Record<string, TableContent> = {};
  for (const name of names.split('\n')) {
    const line = await query(
      namespace,
      "select count(*), md5(string_agg(digest, '' order by digest)) from (select md5(t::text) as digest from " +
        `"${name}" t) rows`,
    );
    const [rows = '0', checksum = ''] = line.split('\t');
    tables[name] = { rows: Number(rows), checksum };
  }
  return tables;
}
