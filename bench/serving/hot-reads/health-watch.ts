import { setTimeout as pause } from 'node:timers/promises';
import { Connection } from '../../../tests/support/load/connection.ts';

const everyMs = 20;

/** Asks `/healthz` again and again, as a probe would that is never late, and keeps the longest time that one took. */
export class HealthWatch {
  readonly #request: Buffer;
  readonly #port: number;
  readonly #watching: Promise<void>;
  #longest = 0;
  #failed = 0;
  #stopped = false;

  constructor(port: number) {
    this.#port = port;
    this.#request = Buffer.from(`GET /healthz HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\n\r\n`);
    this.#watching = this.#watch();
  }

  /** Ends it; gives the longest answer in milliseconds, and how many failed. */
  async stop(): Promise<{ readonly longest: number; readonly failed: number }> {
    this.#stopped = true;
    await this.#watching;
    return { longest: this.#longest, failed: this.#failed };
  }

  async #watch(): Promise<void> {
    let connection = this.#connect();
    while (!this.#stopped) {
      const before = performance.now();
      const failure = await new Promise<string | null>((resolve) => connection.send(resolve));
      this.#longest = Math.max(this.#longest, performance.now() - before);
      if (failure !== null) this.#failed += 1;
      if (!connection.open) connection = this.#connect();
      await pause(everyMs);
    }
    connection.close();
  }

  #connect(): Connection {
    return new Connection({ host: '127.0.0.1', port: this.#port, request: this.#request, timeoutSeconds: 30 });
  }
}
