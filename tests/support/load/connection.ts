import { connect, type Socket } from 'node:net';

/** Told how a request ended: null for a whole answer with status 200, otherwise why it failed. */
type Settle = (failure: string | null) => void;

interface ConnectionOptions {
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

/** Reads one HTTP/1.1 answer that says its length, piece by piece as it comes. */
class AnswerReader {
  #head = '';
  /** Bytes of the body that are still to come; known once the head is there. */
  #missing: number | undefined;
  #status = 0;
  #keepsAlive = false;

  /** @returns true once the answer is whole. @throws Error when it does not begin as an answer with a length does */
  read(bytes: Buffer): boolean {
    if (this.#missing !== undefined) {
      this.#missing -= bytes.length;
      return this.#missing <= 0;
    }
    this.#head += bytes.toString('latin1');
    const end = this.#head.indexOf('\r\n\r\n');
    if (end < 0) return false;
    const head = this.#head.slice(0, end);
    const length = /^content-length: *(\d+)$/im.exec(head)?.[1];
    const status = /^HTTP\/1\.1 (\d{3}) /.exec(head)?.[1];
    if (length === undefined || status === undefined) throw new Error(`no answer with a length: ${head.slice(0, 80)}`);
    this.#status = Number(status);
    this.#keepsAlive = !/^connection: *close$/im.test(head);
    this.#missing = Number(length) - (this.#head.length - end - 4);
    return this.#missing <= 0;
  }

  get begun(): boolean {
    return this.#head !== '';
  }

  get status(): number {
    return this.#status;
  }

  /** True if the server takes another request on the same connection. */
  get keepsAlive(): boolean {
    return this.#keepsAlive;
  }
}
