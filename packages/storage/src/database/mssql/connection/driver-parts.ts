import { Connection, ConnectionError, Request } from 'tedious';
import { readOnly } from './error-numbers.ts';
import { readValue } from './read-value.ts';

/**
 * The driver's connection as this database needs it. A statement without parameters is sent as a batch, not within
 * `sp_executesql`, at whose end everything that it sets would be as before: `set lock_timeout` has to last. That a
 * connection broke is said to whoever uses it, or to the pool that looks at it before, and kysely would write it to the
 * console as well. Of a login that the server refuses the driver has the last words alone, without their number.
 * A connection to a database that turned into a copy to read from goes on answering, and is closed.
 */
export class BatchingConnection extends Connection {
  #refusal: ToldError | undefined;
  #useless = false;

  override execSql(request: Request): void {
    // The pool's own question fails then, and the pool makes another connection.
    if (this.#useless) this.close();
    if (request.parameters.length === 0) this.execSqlBatch(request);
    else super.execSql(request);
  }

  override emit(event: string | symbol, ...values: readonly unknown[]): boolean {
    if (event === 'error') return true;
    if (event === 'errorMessage') this.#hear(values[0] as ToldError);
    const said = event === 'connect' && values[0] !== undefined ? [this.#reasonOf(values[0])] : values;
    return super.emit(event as 'end', ...(said as []));
  }

  #hear(error: ToldError): void {
    this.#refusal ??= error;
    this.#useless ||= readOnly.has(error.number);
  }

  #reasonOf(error: unknown): unknown {
    if (this.#refusal === undefined || !(error instanceof ConnectionError) || error.code !== 'ELOGIN') return error;
    const { number, message } = this.#refusal;
    return new ConnectionError(error.message, 'ELOGIN', { cause: Object.assign(new Error(message), { number }) });
  }
}

/** An error as the server sends it. */
interface ToldError {
  readonly number: number;
  readonly message: string;
}

interface ReadColumn {
  readonly metadata: { readonly type: { readonly name: string } };
  value: unknown;
}

/** A request whose rows have dates and instants as every database gives them. */
export class ReadingRequest extends Request {
  override emit(event: string | symbol, ...values: readonly unknown[]): boolean {
    if (event === 'row') {
      for (const column of values[0] as ReadColumn[]) column.value = readValue(column.metadata.type.name, column.value);
    }
    return super.emit(event as 'cancel', ...(values as []));
  }
}
