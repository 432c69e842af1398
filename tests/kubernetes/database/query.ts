import { kubectl } from '../cluster/kubectl.ts';

/** Asks the release's PostgreSQL, in its pod; rows are lines, columns are divided by tabs. */
export async function query(namespace: string, sql: string): Promise<string> {
  const psql = [
    'psql',
    '--username=daytrade',
    '--dbname=daytrade',
    '--no-align',
    '--tuples-only',
    '--field-separator=\t',
  ];
  const args = ['exec', '--stdin', 'postgresql-0', '--namespace', namespace, '--', ...psql, '--set=ON_ERROR_STOP=1'];
  return (await kubectl(args, { input: `${sql};\n`, timeoutSeconds: 300 })).trim();
}

/** Rows of every table, with a checksum of all their values. */
export async function tableChecksums(namespace: string): Promise<Readonly<Record<string, string>>> {
  const names = await query(
    namespace,
    "select table_name from information_schema.tables where table_schema = 'public' order by table_name",
  );
  const checksums: Record<string, string> = {};
  for (const name of names.split('\n')) {
    const line = await query(
      namespace,
      "select count(*), md5(string_agg(digest, '' order by digest)) from (select md5(t::text) as digest from " +
        `"${name}" t) rows`,
    );
    checksums[name] = line.replace('\t', ' rows, ');
  }
  return checksums;
}
