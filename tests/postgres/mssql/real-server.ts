import { databaseAddress } from '@daytrade/contracts';
import { type MssqlOptions, openMssqlDatabase } from '@daytrade/storage';
import { sql } from 'kysely';

/** A SQL Server that somebody has, and a database of it that is nobody else's. */
export interface RealServer {
  createDatabase(): Promise<MssqlOptions>;
  /** Removes the databases that were made. */
  close(): Promise<void>;
}

/**
 * The server of `DAYTRADE_MSSQL_URL`, `sqlserver://user:password@host:1433/master`; undefined where it is not set. Its
 * user makes and removes databases named daytrade_test_….
 */
export function realServer(): RealServer | undefined {
  const text = process.env.DAYTRADE_MSSQL_URL;
  if (text === undefined) return undefined;
  const { host, port, user, password = '', database: master } = databaseAddress(text);
  const optionsOf = (database: string): MssqlOptions => ({
    engine: 'mssql',
    host,
    port,
    database,
    authentication: { kind: 'password', user, password },
    tls: { kind: 'verify', caFile: process.env.NODE_EXTRA_CA_CERTS },
    // A database of Azure may have to wake up first.
    connectSeconds: 60,
    statementSeconds: 300,
  });
  const made: string[] = [];
  const run = async (statement: string) => {
    const server = await openMssqlDatabase(optionsOf(master));
    try {
      await sql.raw(statement).execute(server.db);
    } finally {
      await server.close();
    }
  };
  return {
    createDatabase: async () => {
      const name = `daytrade_test_${process.pid}_${made.length}`;
      await run(`create database ${name}`);
      made.push(name);
      return optionsOf(name);
    },
    close: async () => {
      for (const name of made) await run(`drop database ${name}`);
    },
  };
}
