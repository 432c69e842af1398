import { type Dialect, PostgresDialect, type PostgresPool, type PostgresPoolClient } from 'kysely';
import pg from 'pg';
import { type PostgresErrors, postgresErrors } from './errors.ts';
import { type CompiledPostgresOptions, poolConfig } from './options.ts';

/** A PostgreSQL server for kysely. Connects to nothing yet. */
export async function postgresDialect(options: CompiledPostgresOptions): Promise<Dialect> {
  return new PostgresDialect({ pool: await PostgresConnections.open(options) });
}

/** The driver's pool as kysely uses it, with errors of the platform, and without connections that no longer answer. */
class PostgresConnections implements PostgresPool {
  readonly options: object;
  readonly #pool: pg.Pool;
  readonly #errors: PostgresErrors;

  private constructor(pool: pg.Pool, errors: PostgresErrors) {
    this.#pool = pool;
    this.#errors = errors;
    this.options = pool.options;
    // A restart of the server breaks connections that nobody is using at the time. The pool drops them and the next
    // query takes a new one, so there is nothing to do; without listeners the process would end.
    pool.on('error', () => undefined);
    pool.on('connect', (client) => client.on('error', () => undefined));
  }

  static async open(options: CompiledPostgresOptions): Promise<PostgresConnections> {
    return new PostgresConnections(new pg.Pool(await poolConfig(options)), postgresErrors(options));
  }

  async connect(): Promise<PostgresPoolClient> {
    try {
      return checkedClient(await this.#pool.connect(), this.#errors);
    } catch (error) {
      throw this.#errors.whileConnecting(error);
    }
  }

  async end(): Promise<void> {
    await this.#pool.end();
  }
}

/** A connection that is closed instead of given back to the pool once it has stopped answering. */
function checkedClient(client: pg.PoolClient, errors: PostgresErrors): PostgresPoolClient {
  let broken: unknown;
  const query = async (sql: string, parameters: readonly unknown[]): Promise<unknown> => {
    // Behind a statement that was given up, a rollback would wait just as long.
    if (broken !== undefined) throw broken;
    try {
      return await client.query(sql, [...parameters]);
    } catch (error) {
      const known = errors.ofQuery(error);
      if (errors.isBroken(error)) broken = known;
      throw known;
    }
  };
  return {
    // The other form, with a cursor, needs a package that is not here and that nothing uses.
    query: query as unknown as PostgresPoolClient['query'],
    release: (destroy) => client.release(destroy === true || broken !== undefined),
  };
}
