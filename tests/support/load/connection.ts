import { connect, type Socket } from 'node:net';
import { AnswerReader } from './answer-reader.ts';

/** Told how a request ended: null for a whole answer with status 200, otherwise why it failed. */
export type Settle = (failure: string | null) => void;

export interface ConnectionOptions {
  readonly host: string;
  readonly port: number;
  /** Sent as it is for each request. */
  readonly request: Buffer;
  readonly timeoutSeconds: number;
}

const bufferBytes = 65_536;

/** A connection that sends the same request again and again, one at a time. */
export class Connection {
  readonly #options: ConnectionOptions;
  readonly #socket: Socket;
  #answer = new AnswerReader();
  #settle: Settle | undefined;
  #timer: NodeJS.Timeout | undefined;
  #open = true;

  constructor(options: ConnectionOptions) {
    const { host, port } = options;
    this.#options = options;
    const buffer = Buffer.allocUnsafe(bufferBytes);
    const callback = (length: number) => this.#read(buffer.subarray(0, length));
    this.#socket = connect({ host, port, noDelay: true, onread: { buffer, callback } });
    this.#socket.on('error', ({ code, message }: NodeJS.ErrnoException) => this.#fail(code ?? message));
    this.#socket.on('close', () => this.#fail('connection closed'));
  }

  /** False once the server or {@link close} has ended it. */
  get open(): boolean {
    return this.#open;
  }

  send(settle: Settle): void {
    const { request, timeoutSeconds } = this.#options;
    this.#settle = settle;
    this.#answer = new AnswerReader();
    this.#timer = setTimeout(() => this.#fail(`no answer in ${timeoutSeconds} s`), timeoutSeconds * 1000);
    this.#socket.write(request);
  }

  close(): void {
    this.#open = false;
    this.#socket.end();
  }

  #read(bytes: Buffer): boolean {
    try {
      if (this.#answer.read(bytes)) this.#end();
    } catch (error) {
      this.#fail((error as Error).message);
    }
    return true;
  }

  #end(): void {
    const { status, keepsAlive } = this.#answer;
    if (!keepsAlive) this.close();
    this.#tell(status === 200 ? null : `status ${status}`);
  }

  #fail(reason: string): void {
    const cutOff = this.#answer.begun ? `cut off: ${reason}` : reason;
    this.#open = false;
    this.#socket.destroy();
    this.#tell(cutOff);
  }

  #tell(failure: string | null): void {
    clearTimeout(this.#timer);
    const settle = this.#settle;
    this.#settle = undefined;
    settle?.(failure);
  }
}
