import type { CompiledQuery, DatabaseConnection, Driver, QueryResult, TransactionSettings } from 'kysely';
import type { MssqlErrors } from '../errors.ts';
import { errorNumber, rolledBack } from './error-numbers.ts';
import { readJson } from './read-json.ts';

/** A driver of kysely with errors of the platform, and with values as every database takes and gives them. */
export class CheckedDriver implements Driver {
  readonly #driver: Driver;
  readonly #errors: MssqlErrors;
  readonly #connections = new WeakMap<DatabaseConnection, CheckedConnection>();

  constructor(driver: Driver, errors: MssqlErrors) {
    this.#driver = driver;
    this.#errors = errors;
  }

  async init(): Promise<void> {
    await this.#driver.init();
  }

  async acquireConnection(): Promise<DatabaseConnection> {
    try {
      const checked = new CheckedConnection(await this.#driver.acquireConnection(), this.#errors);
      this.#connections.set(checked, checked);
      return checked;
    } catch (error) {
      throw this.#errors.whileConnecting(error);
    }
  }

  async beginTransaction(connection: DatabaseConnection, settings: TransactionSettings): Promise<void> {
    await this.#checked(connection).use((inner) => this.#driver.beginTransaction(inner, settings));
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await this.#checked(connection).use((inner) => this.#driver.commitTransaction(inner));
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    try {
      await this.#checked(connection).use((inner) => this.#driver.rollbackTransaction(inner));
    } catch (error) {
      // Else it would be said in place of the error that the server rolled back for.
      if (errorNumber(error) !== rolledBack) throw error;
    }
  }

  async releaseConnection(connection: DatabaseConnection): Promise<void> {
    await this.#checked(connection).release((inner) => this.#driver.releaseConnection(inner));
  }

  async destroy(): Promise<void> {
    await this.#driver.destroy();
  }

  #checked(connection: DatabaseConnection): CheckedConnection {
    const checked = this.#connections.get(connection);
    if (checked === undefined) throw new TypeError('the connection is of another driver');
    return checked;
  }
}

/** A connection that is asked for nothing more once it has stopped answering. */
class CheckedConnection implements DatabaseConnection {
  readonly #inner: DatabaseConnection;
  readonly #errors: MssqlErrors;
  #broken: unknown;

  constructor(inner: DatabaseConnection, errors: MssqlErrors) {
    this.#inner = inner;
    this.#errors = errors;
  }

  async use<Result>(work: (inner: DatabaseConnection) => Promise<Result>): Promise<Result> {
    // Behind a statement that was given up, a rollback would wait just as long.
    if (this.#broken !== undefined) throw this.#broken;
    try {
      return await work(this.#inner);
    } catch (error) {
      const known = this.#errors.ofQuery(error);
      if (this.#errors.isBroken(error)) this.#broken = known;
      throw known;
    }
  }

  /** The pool looks at each connection before it hands it out again. */
  async release(work: (inner: DatabaseConnection) => Promise<void>): Promise<void> {
    await work(this.#inner);
  }

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    // The driver knows bytes by the class of Node.js alone.
    const parameters = query.parameters.map((value) => (value instanceof Uint8Array ? Buffer.from(value) : value));
    const result = await this.use((inner) => inner.executeQuery<Row>({ ...query, parameters }));
    return readJson(query.query, result);
  }

  streamQuery(): never {
    throw new TypeError('no repository reads row by row');
  }
}
