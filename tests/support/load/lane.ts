import { Connection, type ConnectionOptions, type Settle } from './connection.ts';

export interface LaneOptions extends ConnectionOptions {
  /** When the first connection is replaced, and how old each later one gets. */
  readonly firstSeconds: number;
  readonly connectionSeconds: number;
}

interface Request {
  readonly settle: Settle;
  readonly since: number;
}

const mostConnections = 4;

/** One connection at a time, several only while an answer takes long. */
export class Lane {
  readonly #options: LaneOptions;
  readonly #idle: Connection[] = [];
  readonly #waiting: Request[] = [];
  #busy = 0;
  #replaceAt: number;

  constructor(options: LaneOptions) {
    this.#options = options;
    this.#replaceAt = performance.now() + options.firstSeconds * 1000;
  }

  send(settle: Settle): void {
    const request = { settle, since: performance.now() };
    if (this.#busy < mostConnections) this.#start(request);
    else this.#waiting.push(request);
  }

  #start(request: Request): void {
    if (performance.now() > this.#replaceAt) this.#replace();
    const connection = this.#takeOpen() ?? new Connection(this.#options);
    const replaceAt = this.#replaceAt;
    this.#busy += 1;
    connection.send((failure) => {
      this.#busy -= 1;
      if (replaceAt !== this.#replaceAt) connection.close();
      else if (connection.open) this.#idle.push(connection);
      request.settle(failure);
      this.#next();
    });
  }

  #takeOpen(): Connection | undefined {
    while (this.#idle.length > 0) {
      const connection = this.#idle.pop();
      if (connection?.open) return connection;
    }
    return undefined;
  }

  #replace(): void {
    for (const connection of this.#idle.splice(0)) connection.close();
    this.#replaceAt = performance.now() + this.#options.connectionSeconds * 1000;
  }

  /** Whoever has waited for a connection for too long has had no answer in time. */
  #next(): void {
    const { timeoutSeconds } = this.#options;
    const next = this.#waiting.shift();
    if (next === undefined) return;
    if (performance.now() - next.since < timeoutSeconds * 1000) {
      this.#start(next);
    } else {
      next.settle(`no answer in ${timeoutSeconds} s`);
      this.#next();
    }
  }
}
