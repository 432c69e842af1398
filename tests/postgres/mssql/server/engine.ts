import type pg from 'pg';
import { callProcedure } from './procedures.ts';
import type { StatementRequest } from './requests.ts';
import type { StatementResult } from './tokens.ts';
import type { Translated, Translator } from './translator.ts';

const asText = { getTypeParser: () => (value: string) => value };
const integerType = 23;
const nothing: StatementResult = { columns: [], rows: [], count: 0 };

/** One session of the stand-in: a connection to PostgreSQL that executes what was translated. */
export class EngineSession {
  readonly #client: pg.Client;
  readonly #translator: Translator;
  #inTransaction = false;

  constructor(client: pg.Client, translator: Translator) {
    this.#client = client;
    this.#translator = translator;
    client.on('error', () => undefined);
  }

  async begin(): Promise<void> {
    await this.#client.query('begin');
    this.#inTransaction = true;
  }

  async end(how: 'commit' | 'rollback'): Promise<void> {
    this.#inTransaction = false;
    await this.#client.query(how);
  }

  async close(): Promise<void> {
    await this.#client.end();
  }

  /** The number under which PostgreSQL knows the session. */
  async number(): Promise<number> {
    const { rows } = await this.#client.query<{ pid: number }>('select pg_backend_pid() as pid');
    return Number(rows[0]?.pid);
  }

  /** The results of a request's statements, one after another. */
  async *run(request: StatementRequest): AsyncGenerator<StatementResult> {
    const variables = new Map<string, number>();
    for (const statement of await this.#translator.translate(request.text)) {
      const execute = () => this.#execute(statement, request, variables);
      const alone = !this.#inTransaction && 'sql' in statement && statement.lock === undefined;
      yield alone ? await execute() : await this.#guarded(execute);
    }
  }

  async #execute(
    statement: Translated,
    { values }: StatementRequest,
    variables: Map<string, number>,
  ): Promise<StatementResult> {
    if ('refused' in statement) throw new SyntaxError(statement.refused);
    if ('variable' in statement) return integerResult(statement.as, variables.get(statement.variable) ?? 0);
    if ('execute' in statement) {
      const returned = await callProcedure(this.#client, statement.execute, statement.with, values);
      if (statement.into !== null) variables.set(statement.into, returned);
      return nothing;
    }
    if ('set' in statement) return nothing;
    if (statement.lock !== undefined) await this.#client.query(statement.lock);
    return await this.#query(statement.sql, values.slice(0, parametersIn(statement.sql)));
  }

  async #query(text: string, values: readonly unknown[]): Promise<StatementResult> {
    const result = await this.#client.query({ text, values: [...values], rowMode: 'array', types: asText });
    return {
      columns: result.fields.map(({ name, dataTypeID }) => ({ name, type: dataTypeID })),
      rows: result.rows as (string | null)[][],
      count: result.rowCount ?? 0,
    };
  }

  /** Within a transaction a statement that fails takes back its own work alone, as on SQL Server. */
  async #guarded<Result>(work: () => Promise<Result>): Promise<Result> {
    const [begin, end, undo] = this.#inTransaction
      ? ['savepoint statement', 'release savepoint statement', 'rollback to savepoint statement']
      : ['begin', 'commit', 'rollback'];
    await this.#client.query(begin);
    try {
      const result = await work();
      await this.#client.query(end);
      return result;
    } catch (error) {
      await this.#client.query(undo).catch(() => undefined);
      throw error;
    }
  }
}

function integerResult(name: string, value: number): StatementResult {
  return { columns: [{ name, type: integerType }], rows: [[String(value)]], count: 1 };
}

function parametersIn(sql: string): number {
  return Math.max(0, ...[...sql.matchAll(/\$(\d+)/g)].map(([, number]) => Number(number)));
}
