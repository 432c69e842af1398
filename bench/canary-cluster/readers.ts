import { Agent, request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';

/** An answer that a reader had, or why there was none. */
export interface Reading {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly byCanary: boolean;
  /** Whether the bad version made the failure up itself: the stable one would have answered. */
  readonly isFault: boolean;
  readonly failure?: string;
}

const paths = ['/v1/models', '/v1/predictions/latest'];
const timeoutMs = 10_000;

/**
 * Readers who ask as many times a second, each by a connection of its own, whether or not earlier ones were answered:
 * who answers is dealt out by connection where there is no gateway.
 */
export class Readers {
  readonly readings: Reading[] = [];
  readonly #agent = new Agent({ keepAlive: false });
  readonly #open = new Set<Promise<void>>();
  #stopped = false;

  constructor(url: string, token: string, perSecond: number) {
    void this.#read(url, token, perSecond);
  }

  async #read(url: string, token: string, perSecond: number): Promise<void> {
    const began = performance.now();
    for (let sent = 0; !this.#stopped; ) {
      for (; sent < ((performance.now() - began) / 1_000) * perSecond; sent += 1) {
        const asked = this.#ask(`${url}${paths[sent % paths.length]}`, token);
        this.#open.add(asked);
        void asked.finally(() => this.#open.delete(asked));
      }
      await pause(5);
    }
  }

  #ask(url: string, token: string): Promise<void> {
    const at = Date.now();
    const { promise, resolve } = Promise.withResolvers<void>();
    const settle = (reading: Omit<Reading, 'at'>) => {
      this.readings.push({ at, ...reading });
      resolve();
    };
    const fail = ({ message }: Error) => settle({ byCanary: false, isFault: false, failure: message });
    const headers = { authorization: `Bearer ${token}` };
    const asked = request(url, { agent: this.#agent, headers, timeout: timeoutMs }, (answer) => {
      const { statusCode = 0, headers: got } = answer;
      const who = { byCanary: got['x-canary'] === '1', isFault: got['x-fault'] === '1' };
      answer.on('error', fail).on('end', () => {
        settle(statusCode === 200 ? who : { ...who, failure: `status ${statusCode}` });
      });
      answer.resume();
    });
    asked.on('timeout', () => asked.destroy(new Error(`no answer in ${timeoutMs / 1_000} s`)));
    asked.on('error', fail).end();
    return promise;
  }

  async stop(): Promise<readonly Reading[]> {
    this.#stopped = true;
    await Promise.all(this.#open);
    this.#agent.destroy();
    return this.readings;
  }
}
