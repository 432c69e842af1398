import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import type { SecureContext } from 'node:tls';
import { EngineSession } from './engine.ts';
import { serverError } from './errors.ts';
import { type Message, MessageReader, messageType, packetsOf } from './packets.ts';
import { answerPrelogin, type Encryption } from './prelogin.ts';
import { type Login, readBatch, readLogin, readProcedure, readTransactionRequest } from './requests.ts';
import { secured } from './secured.ts';
import {
  answerDone,
  attentionDone,
  loginAccepted,
  type ServerError,
  statementDone,
  transactionChanged,
} from './tokens.ts';

/** What a session asks of the server that it is on. */
export interface SessionHost {
  readonly encryption: Encryption;
  readonly secureContext: SecureContext;
  /** Lets somebody in, or says why not. */
  open(login: Login): Promise<EngineSession | ServerError>;
  /** An error in place of the answer to a login, a statement, or `begin` and `end` of a transaction. */
  refuse(question: string): ServerError | undefined;
  /** Stops what a session is executing. */
  cancel(session: EngineSession): Promise<void>;
}

/** A connection of a client, from its first byte to its last. */
export class Session {
  readonly #host: SessionHost;
  readonly #socket: Socket;
  #stream: Duplex;
  #engine: EngineSession | undefined;
  #running: Promise<void> = Promise.resolve();
  #stopping: Promise<void> = Promise.resolve();
  #cancelled = false;
  #prelogged = false;

  constructor(host: SessionHost, socket: Socket) {
    this.#host = host;
    this.#socket = socket;
    this.#stream = socket;
    const reader = new MessageReader();
    const first = (bytes: Buffer) => {
      for (const message of reader.read(bytes)) {
        if (message.type === messageType.prelogin && !this.#prelogged) this.#prelogin(message, first);
        else this.#take(message);
      }
    };
    socket.on('data', first);
    socket.on('error', () => undefined);
    socket.once('close', () => void this.#engine?.close().catch(() => undefined));
  }

  /** As a server that goes away. */
  end(): void {
    this.#socket.destroy();
  }

  #prelogin(message: Message, first: (bytes: Buffer) => void): void {
    this.#prelogged = true;
    const { answer, encrypted } = answerPrelogin(message.body, this.#host.encryption);
    this.#socket.write(packetsOf({ type: messageType.answer, body: answer }));
    if (!encrypted) return;
    this.#socket.off('data', first);
    const reader = new MessageReader();
    const tls = secured(this.#socket, this.#host.secureContext);
    this.#stream = tls;
    tls.on('data', (bytes: Buffer) => {
      for (const each of reader.read(bytes)) this.#take(each);
    });
    tls.on('error', () => this.#socket.destroy());
  }

  /** Requests are executed one after another; what is to stop one does not wait behind it. */
  #take(message: Message): void {
    if (message.type === messageType.attention) {
      this.#cancelled = true;
      if (this.#engine !== undefined) this.#stopping = this.#stopRunning(this.#engine);
    }
    this.#running = this.#running.then(() => this.#serve(message)).catch(() => this.#drop());
  }

  async #serve({ type, body }: Message): Promise<void> {
    if (type === messageType.login) return await this.#login(readLogin(body));
    if (type === messageType.attention) {
      this.#cancelled = false;
      await this.#stopping;
      this.#answer(attentionDone());
      return;
    }
    const engine = this.#engine;
    if (engine === undefined) throw new TypeError('a request before the login');
    if (type === messageType.transaction) return await this.#transaction(engine, readTransactionRequest(body));
    const inProcedure = type === messageType.procedure;
    const parts: Buffer[] = [];
    let failure: ServerError | undefined;
    try {
      const request = inProcedure ? readProcedure(body) : readBatch(body);
      failure = this.#host.refuse(request.text);
      if (failure !== undefined) return this.#answer(answerDone(inProcedure, failure));
      for await (const result of engine.run(request)) parts.push(statementDone(result, inProcedure));
    } catch (error) {
      failure = serverError(error);
    }
    // A request that was given up is answered too; that it was is the next answer.
    this.#answer(Buffer.concat([...parts, answerDone(inProcedure, failure)]));
    if (failure !== undefined && failure.severity >= 20) this.#socket.end();
  }

  /** Again and again, since what is to be stopped may not have begun. */
  async #stopRunning(engine: EngineSession): Promise<void> {
    while (this.#cancelled && !this.#socket.destroyed) {
      await this.#host.cancel(engine).catch(() => undefined);
      await pause(100);
    }
  }

  async #login(login: Login): Promise<void> {
    const opened = this.#host.refuse('login') ?? (await this.#host.open(login));
    if (opened instanceof EngineSession) {
      // Whoever asked may have gone in the meantime.
      if (this.#socket.destroyed) return await opened.close();
      this.#engine = opened;
      this.#answer(loginAccepted(login.database, login.token !== undefined));
      return;
    }
    this.#answer(answerDone(false, opened));
    this.#stream.end();
  }

  async #transaction(engine: EngineSession, kind: number): Promise<void> {
    const begins = 5;
    const commits = 7;
    try {
      const refusal = this.#host.refuse(kind === begins ? 'begin' : 'end');
      if (refusal !== undefined) {
        await engine.end('rollback');
        return this.#answer(answerDone(false, refusal));
      }
      if (kind === begins) await engine.begin();
      else await engine.end(kind === commits ? 'commit' : 'rollback');
      this.#answer(transactionChanged(kind === begins ? 8 : kind === commits ? 9 : 10));
    } catch (error) {
      this.#answer(answerDone(false, serverError(error)));
    }
  }

  #drop(): void {
    this.#socket.destroy();
  }

  #answer(body: Buffer): void {
    this.#stream.write(packetsOf({ type: messageType.answer, body }));
  }
}
