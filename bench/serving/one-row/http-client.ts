import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** What came back. */
export interface HttpAnswer {
  readonly status: number;
  readonly body: string;
}

/**
 * One connection that is kept alive and has one request at a time, on a bare socket: it costs little, and the same for
 * every server. It understands answers that have a content-length, which those of both sides have.
 */
export class HttpClient {
  readonly #socket: Socket;
  #received: Buffer = Buffer.alloc(0);
  #waiting: { readonly resolve: (answer: HttpAnswer) => void; readonly reject: (error: Error) => void } | undefined;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (bytes) => this.#take(bytes));
    socket.on('error', (error) => this.#waiting?.reject(error));
    socket.on('close', () => this.#waiting?.reject(new Error('the server closed the connection')));
  }

  static async connect(port: number): Promise<HttpClient> {
    const socket = connect({ host: '127.0.0.1', port, noDelay: true });
    await once(socket, 'connect');
    return new HttpClient(socket);
  }

  /** Sends bytes made by {@link postRequest}. */
  send(request: Buffer): Promise<HttpAnswer> {
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
      this.#socket.write(request);
    });
  }

  close(): void {
    this.#waiting = undefined;
    this.#socket.destroy();
  }

  #take(bytes: Buffer): void {
    this.#received = this.#received.length === 0 ? bytes : Buffer.concat([this.#received, bytes]);
    const headEnd = this.#received.indexOf('\r\n\r\n');
    if (headEnd < 0) return;
    const head = this.#received.toString('latin1', 0, headEnd);
    const length = /^content-length: *(\d+)/im.exec(head)?.[1];
    if (length === undefined) {
      this.#waiting?.reject(new Error(`expected an answer with a content-length, got ${JSON.stringify(head)}`));
      return;
    }
    const bodyFrom = headEnd + 4;
    if (this.#received.length < bodyFrom + Number(length)) return;
    const answer = { status: Number(head.slice(9, 12)), body: this.#received.toString('utf8', bodyFrom) };
    this.#received = Buffer.alloc(0);
    this.#waiting?.resolve(answer);
    this.#waiting = undefined;
  }
}

/** The bytes of a POST request with a JSON body. */
export function postRequest(path: string, body: unknown): Buffer {
  const text = JSON.stringify(body);
  return Buffer.from(
    `POST ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\ncontent-length: ` +
      `${Buffer.byteLength(text)}\r\n\r\n${text}`,
  );
}
