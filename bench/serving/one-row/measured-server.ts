import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { quantile } from '../../harness/statistics.ts';
import { portPrinted } from '../port-printed.ts';
import { HttpClient, postRequest } from './http-client.ts';

const path = '/v1/predictions';

/** A row as it is sent: null where a value is missing. */
export type RowValues = readonly (number | null)[];

/** Milliseconds from the first byte sent to the last one received. */
export interface Latency {
  readonly p50: number;
  readonly p99: number;
}

/** A server in a process of its own, and the one connection to it. */
export class MeasuredServer {
  readonly #process: ChildProcess;
  readonly #client: HttpClient;

  private constructor(process: ChildProcess, client: HttpClient) {
    this.#process = process;
    this.#client = client;
  }

  /**
   * Waits until the server, which prints its port, answers.
   *
   * @throws Error when it does not within a minute; its process is ended then
   */
  static async start(process: ChildProcess): Promise<MeasuredServer> {
    try {
      return new MeasuredServer(process, await connectSoon(await portPrinted(process)));
    } catch (error) {
      process.kill('SIGKILL');
      throw error;
    }
  }

  /** Sends the rows, one after the other, until `calls` were made. */
  async measure(rows: readonly RowValues[], calls: number): Promise<Latency> {
    const requests = rows.map((values) => postRequest(path, { values }));
    const milliseconds = new Float64Array(calls);
    for (let call = 0; call < calls; call += 1) {
      const before = performance.now();
      const { status, body } = await this.#client.send(requests[call % requests.length]!);
      milliseconds[call] = performance.now() - before;
      if (status !== 200) throw new Error(`expected status 200, got ${status}: ${body}`);
    }
    return { p50: quantile(milliseconds, 0.5), p99: quantile(milliseconds, 0.99) };
  }

  async predict(values: RowValues): Promise<number> {
    const { body } = await this.#client.send(postRequest(path, { values }));
    return (JSON.parse(body) as { readonly prediction: number }).prediction;
  }

  /** @throws Error when the server takes a row that is too short or holds a word, so that it does not validate */
  async checkValidation(values: RowValues): Promise<void> {
    for (const bad of [values.slice(1), ['high', ...values.slice(1)]]) {
      const { status } = await this.#client.send(postRequest(path, { values: bad }));
      if (status < 400 || status >= 500) throw new Error(`expected a row to be refused, got status ${status}`);
    }
  }

  /** Ends the process. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#client.close();
    const ended = once(this.#process, 'exit');
    this.#process.kill('SIGTERM');
    await ended;
  }
}

/** The port is printed a moment before the server accepts connections. */
async function connectSoon(port: number): Promise<HttpClient> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await HttpClient.connect(port);
    } catch (error) {
      if (tries === 50) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
