import { createHash } from 'node:crypto';
import type pg from 'pg';
import type { ParameterValue } from './requests.ts';
import type { Argument } from './translator.ts';

/** Calls one of the procedures that the stand-in has: those of named locks, on PostgreSQL's own. */
export async function callProcedure(
  client: pg.Client,
  procedure: string,
  given: Readonly<Record<string, Argument>>,
  values: readonly ParameterValue[],
): Promise<number> {
  const argument = (name: string, missing: string): string => {
    const found = given[name];
    if (found === undefined) return missing;
    return 'value' in found ? found.value : String(values[found.parameter - 1]);
  };
  const key = keyOf(argument('Resource', ''));
  const ofTransaction = argument('LockOwner', 'Transaction') === 'Transaction';
  if (procedure === 'sp_releaseapplock') {
    return (await isTrue(client, 'pg_advisory_unlock', key)) ? 0 : -999;
  }
  if (procedure !== 'sp_getapplock') throw new SyntaxError(`Could not find stored procedure '${procedure}'.`);
  const kind = ofTransaction ? 'advisory_xact_lock' : 'advisory_lock';
  if (argument('LockTimeout', '-1') === '0') return (await isTrue(client, `pg_try_${kind}`, key)) ? 0 : -1;
  await client.query(`select pg_${kind}($1::bigint)`, [key]);
  return 0;
}

async function isTrue(client: pg.Client, call: string, key: string): Promise<boolean> {
  const { rows } = await client.query<{ done: boolean }>(`select ${call}($1::bigint) as done`, [key]);
  return rows[0]?.done === true;
}

function keyOf(resource: string): string {
  return createHash('sha256').update(resource).digest().readBigInt64BE().toString();
}
