import type { CompiledQuery, DatabaseConnection, Dialect, Driver, QueryResult, TransactionSettings } from 'kysely';
import { isAway, noteUncertain, untilAnswered } from './patience.ts';
import { isRepeatable } from './repeatable.ts';

/**
 * A database for kysely whose statements wait while it is away, where the work that they are of does
 * ({@link waitingForDatabase}); a transaction is done anew by {@link transact}. It stands over a dialect with errors of
 * the platform.
 */
export function patientDialect(dialect: Dialect): Dialect {
  return {
    createAdapter: () => dialect.createAdapter(),
    createDriver: () => new PatientDriver(dialect.createDriver()),
    createIntrospector: (db) => dialect.createIntrospector(db),
    createQueryCompiler: () => dialect.createQueryCompiler(),
  };
}

class PatientDriver implements Driver {
  readonly #driver: Driver;
  readonly #connections = new WeakMap<DatabaseConnection, PatientConnection>();

  constructor(driver: Driver) {
    this.#driver = driver;
  }

  async init(): Promise<void> {
    await this.#driver.init();
  }

  async acquireConnection(): Promise<DatabaseConnection> {
    const connection = new PatientConnection(this.#driver);
    await untilAnswered(() => connection.open());
    this.#connections.set(connection, connection);
    return connection;
  }

  async beginTransaction(connection: DatabaseConnection, settings: TransactionSettings): Promise<void> {
    await this.#patient(connection).begin(settings);
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await this.#patient(connection).commit();
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await this.#patient(connection).rollback();
  }

  async releaseConnection(connection: DatabaseConnection): Promise<void> {
    await this.#patient(connection).letGo();
  }

  async destroy(): Promise<void> {
    await this.#driver.destroy();
  }

  #patient(connection: DatabaseConnection): PatientConnection {
    const patient = this.#connections.get(connection);
    if (patient === undefined) throw new TypeError('the connection is of another driver');
    return patient;
  }
}

/** A connection that is another one once it was lost, except in a transaction. */
class PatientConnection implements DatabaseConnection {
  readonly #driver: Driver;
  #inner: DatabaseConnection | undefined;
  #inTransaction = false;
  #isUncertain = false;

  constructor(driver: Driver) {
    this.#driver = driver;
  }

  /** The connection, a new one where there is none. */
  async open(): Promise<DatabaseConnection> {
    this.#inner ??= await this.#driver.acquireConnection();
    return this.#inner;
  }

  async begin(settings: TransactionSettings): Promise<void> {
    await untilAnswered(() => this.#use((inner) => this.#driver.beginTransaction(inner, settings)));
    this.#inTransaction = true;
  }

  async commit(): Promise<void> {
    try {
      await this.#driver.commitTransaction(await this.open());
      this.#inTransaction = false;
    } catch (error) {
      this.#isUncertain = true;
      noteUncertain(error);
      throw error;
    }
  }

  /** After a commit that failed, what it throws is said in place of why. */
  async rollback(): Promise<void> {
    try {
      await this.#driver.rollbackTransaction(await this.open());
      this.#inTransaction = false;
    } catch (error) {
      if (this.#isUncertain) noteUncertain(error);
      throw error;
    }
  }

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    if (this.#inTransaction || !isRepeatable(query.query)) return await (await this.open()).executeQuery<Row>(query);
    return await untilAnswered(() => this.#use((inner) => inner.executeQuery<Row>(query)));
  }

  streamQuery(): never {
    throw new TypeError('no repository reads row by row');
  }

  /** Gives the connection back, to be looked at or closed. */
  async letGo(): Promise<void> {
    const inner = this.#inner;
    this.#inner = undefined;
    if (inner !== undefined) await this.#driver.releaseConnection(inner);
  }

  async #use<Result>(work: (inner: DatabaseConnection) => Promise<Result>): Promise<Result> {
    const inner = await this.open();
    try {
      return await work(inner);
    } catch (error) {
      if (isAway(error)) await this.letGo();
      throw error;
    }
  }
}
