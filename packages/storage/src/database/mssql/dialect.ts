import { type Dialect, MssqlDialect } from 'kysely';
import { Pool } from 'tarn';
import { ISOLATION_LEVEL, TYPES } from 'tedious';
import { CheckedDriver } from './connection/checked-driver.ts';
import { BatchingConnection, ReadingRequest } from './connection/driver-parts.ts';
import { mssqlErrors } from './errors.ts';
import { type CompiledMssqlOptions, connectionConfig } from './options.ts';

/** A SQL Server, or Azure SQL, for kysely. Connects to nothing yet. */
export function mssqlDialect(options: CompiledMssqlOptions): Dialect {
  const dialect = new MssqlDialect({
    tarn: {
      Pool,
      options: {
        min: 0,
        max: options.pool,
        acquireTimeoutMillis: options.connectSeconds * 1000,
        // Else a refused login is tried again until the time is over, and said as that.
        propagateCreateError: true,
      },
    },
    tedious: {
      ISOLATION_LEVEL,
      TYPES,
      Request: ReadingRequest,
      connectionFactory: async () => new BatchingConnection(await connectionConfig(options)),
    },
  });
  return {
    createAdapter: () => dialect.createAdapter(),
    createDriver: () => new CheckedDriver(dialect.createDriver(), mssqlErrors(options)),
    createIntrospector: (db) => dialect.createIntrospector(db),
    createQueryCompiler: () => dialect.createQueryCompiler(),
  };
}
