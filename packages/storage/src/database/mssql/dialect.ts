import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  MssqlDialect,
  type QueryResult,
  type RootOperationNode,
  type TransactionSettings,
} from 'kysely';
import { Pool } from 'tarn';
import {
  Connection,
  type ConnectionAuthentication,
  type ConnectionConfiguration,
  ConnectionError,
  ISOLATION_LEVEL,
  Request,
  TYPES,
} from 'tedious';
import { tableName } from '../database.ts';
import { type ServerErrors, serverErrors } from '../server-errors.ts';
import { trustedAuthorities } from '../trusted-authorities.ts';
import { errorNumber, mssqlFault, readOnly, rolledBack } from './errors.ts';
import type { CompiledMssqlOptions } from './open.ts';
import { jsonColumns } from './schema.ts';

/** Time the driver waits for the server to cancel a statement before it closes the connection. */
const cancelMs = 5_000;

/** A token's share of the connect timeout. */
const tokenShare = 0.8;

/** Returns SQL Server, or Azure SQL, for kysely. It connects with the first query. */
export function mssqlDialect(options: CompiledMssqlOptions): Dialect {
  const dialect = new MssqlDialect({
    tarn: {
      Pool,
      options: {
        min: 0,
        max: options.pool,
        acquireTimeoutMillis: options.connectSeconds * 1000,
        // Without it the pool retries a refused login until it reports a timeout.
        propagateCreateError: true,
      },
    },
    tedious: {
      ISOLATION_LEVEL,
      TYPES,
      Request: ReadingRequest,
      connectionFactory: async () => new CheckedSession(await connectionConfig(options)),
    },
  });
  return {
    createAdapter: () => dialect.createAdapter(),
    createDriver: () => new CheckedDriver(dialect.createDriver(), serverErrors(options, mssqlFault)),
    createIntrospector: (db) => dialect.createIntrospector(db),
    createQueryCompiler: () => dialect.createQueryCompiler(),
  };
}

/**
 * Returns the driver's configuration of one connection.
 * @throws DayTradeError `settings.invalid` when the CA file cannot be read; any error of the token's source
 */
async function connectionConfig(options: CompiledMssqlOptions): Promise<ConnectionConfiguration> {
  const { host, port, database, tls, connectSeconds, statementSeconds } = options;
  return {
    server: host,
    authentication: await authenticationOf(options),
    options: {
      port,
      database,
      appName: 'day-trade',
      encrypt: tls.kind === 'verify',
      trustServerCertificate: false,
      ...(tls.kind === 'verify'
        ? { cryptoCredentialsDetails: { ca: await trustedAuthorities(tls.caFile), minVersion: 'TLSv1.2' } as const }
        : {}),
      connectTimeout: connectSeconds * 1000,
      requestTimeout: statementSeconds * 1000,
      cancelTimeout: cancelMs,
      // The caller retries.
      maxRetriesOnTransientErrors: 0,
      fallbackToDefaultDb: false,
      useUTC: true,
    },
  };
}

async function authenticationOf({
  authentication,
  connectSeconds,
}: CompiledMssqlOptions): Promise<ConnectionAuthentication> {
  if (authentication.kind === 'password') {
    const { user: userName, password } = authentication;
    return { type: 'default', options: { userName, password } };
  }
  const token = await authentication.token(tokenShare * connectSeconds * 1000);
  return { type: 'azure-active-directory-access-token', options: { token } };
}

/** A driver of kysely with the platform's errors and values. */
class CheckedDriver implements Driver {
  readonly #driver: Driver;
  readonly #errors: ServerErrors;

  constructor(driver: Driver, errors: ServerErrors) {
    this.#driver = driver;
    this.#errors = errors;
  }

  async init(): Promise<void> {
    await this.#driver.init();
  }

  async acquireConnection(): Promise<CheckedConnection> {
    try {
      return new CheckedConnection(await this.#driver.acquireConnection(), this.#errors);
    } catch (error) {
      throw this.#errors.whileConnecting(error);
    }
  }

  async beginTransaction(connection: CheckedConnection, settings: TransactionSettings): Promise<void> {
    await connection.use((inner) => this.#driver.beginTransaction(inner, settings));
  }

  async commitTransaction(connection: CheckedConnection): Promise<void> {
    await connection.use((inner) => this.#driver.commitTransaction(inner));
  }

  async rollbackTransaction(connection: CheckedConnection): Promise<void> {
    try {
      await connection.use((inner) => this.#driver.rollbackTransaction(inner));
    } catch (error) {
      // It would hide the error that made the server roll back.
      if (errorNumber(error) !== rolledBack) throw error;
    }
  }

  /** Returns it to the pool, which validates each connection before reuse. */
  async releaseConnection({ inner }: CheckedConnection): Promise<void> {
    await this.#driver.releaseConnection(inner);
  }

  async destroy(): Promise<void> {
    await this.#driver.destroy();
  }
}

/** A connection that fails at once after it has broken. */
class CheckedConnection implements DatabaseConnection {
  readonly inner: DatabaseConnection;
  readonly #errors: ServerErrors;
  #broken: unknown;

  constructor(inner: DatabaseConnection, errors: ServerErrors) {
    this.inner = inner;
    this.#errors = errors;
  }

  async use<Result>(work: (inner: DatabaseConnection) => Promise<Result>): Promise<Result> {
    // A rollback would wait behind the statement that timed out.
    if (this.#broken !== undefined) throw this.#broken;
    try {
      return await work(this.inner);
    } catch (error) {
      const known = this.#errors.ofQuery(error);
      if (this.#errors.isBroken(error)) this.#broken = known;
      throw known;
    }
  }

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    // The driver recognises bytes by Node's Buffer only.
    const parameters = query.parameters.map((value) => (value instanceof Uint8Array ? Buffer.from(value) : value));
    const result = await this.use((inner) => inner.executeQuery<Row>({ ...query, parameters }));
    return readJson(query.query, result);
  }

  streamQuery(): never {
    throw new TypeError('no repository reads row by row');
  }
}

/**
 * The driver's connection with three changes:
 *
 * - The event `error` is dropped: its user gets the error anyway, and kysely would print it to the console.
 * - A refused login keeps the error number of the server's first message; the driver keeps the last text only.
 * - A connection to a database that became a read-only replica is closed.
 */
class CheckedSession extends Connection {
  #refusal: ServerMessage | undefined;
  #useless = false;

  override execSql(request: Request): void {
    // The pool's validation fails then, and the pool opens another connection.
    if (this.#useless) this.close();
    super.execSql(request);
  }

  override emit(event: string | symbol, ...values: readonly unknown[]): boolean {
    if (event === 'error') return true;
    if (event === 'errorMessage') this.#keep(values[0] as ServerMessage);
    const said = event === 'connect' && values[0] !== undefined ? [this.#reasonOf(values[0])] : values;
    return super.emit(event as 'end', ...(said as []));
  }

  #keep(error: ServerMessage): void {
    this.#refusal ??= error;
    this.#useless ||= readOnly.has(error.number);
  }

  #reasonOf(error: unknown): unknown {
    if (this.#refusal === undefined || !(error instanceof ConnectionError) || error.code !== 'ELOGIN') return error;
    const { number, message } = this.#refusal;
    return new ConnectionError(error.message, 'ELOGIN', { cause: Object.assign(new Error(message), { number }) });
  }
}

/** An error in the server's form. */
interface ServerMessage {
  readonly number: number;
  readonly message: string;
}

interface ReadColumn {
  readonly metadata: { readonly type: { readonly name: string } };
  value: unknown;
}

/** A request whose rows have the platform's dates and instants. */
class ReadingRequest extends Request {
  override emit(event: string | symbol, ...values: readonly unknown[]): boolean {
    if (event === 'row') {
      for (const column of values[0] as ReadColumn[]) column.value = readValue(column.metadata.type.name, column.value);
    }
    return super.emit(event as 'cancel', ...(values as []));
  }
}

/** Parses the JSON columns in the rows of a statement. */
function readJson<Row>(query: RootOperationNode, result: QueryResult<Row>): QueryResult<Row> {
  const columns = jsonColumns[tableOf(query) ?? ''] ?? [];
  if (columns.length === 0) return result;
  return { ...result, rows: result.rows.map((row) => parsed(row, columns)) };
}

function parsed<Row>(row: Row, columns: readonly string[]): Row {
  const texts = Object.entries(row as Record<string, unknown>);
  const values = texts.map(([name, value]) => [
    name,
    columns.includes(name) && typeof value === 'string' ? JSON.parse(value) : value,
  ]);
  return Object.fromEntries(values) as Row;
}

/** Returns the table whose rows a statement returns. */
function tableOf(query: RootOperationNode): string | undefined {
  if (query.kind === 'SelectQueryNode') return tableName(query.from?.froms[0]);
  if (query.kind === 'InsertQueryNode') return tableName(query.into);
  if (query.kind === 'UpdateQueryNode') return tableName(query.table);
  return undefined;
}

const dayLength = 'YYYY-MM-DD'.length;

/**
 * Returns a value in the form of all databases: a date as 'YYYY-MM-DD', an instant as ISO 8601 in UTC, a count as a
 * number.
 *
 * @param type the driver's name of its type
 */
function readValue(type: string, value: unknown): unknown {
  if (value instanceof Date) return type === 'Date' ? value.toISOString().slice(0, dayLength) : value.toISOString();
  // A number of 64 bits arrives as text; a nullable one has the type IntN.
  return (type === 'BigInt' || type === 'IntN') && typeof value === 'string' ? Number(value) : value;
}
