import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer, type Server as SecureServer } from 'node:https';
import type { Socket } from 'node:net';
import { DayTradeError } from '@daytrade/errors';
import type { Service } from '../service.ts';
import type { ServerLimits } from './edge-options.ts';
import { beforeEachRequest } from './hooks.ts';
import { isOperational } from './operational-routes.ts';
import { followTlsFiles, readTlsFiles, type TlsFiles } from './tls-files.ts';

/** Time limit for a whole request with its body. */
const requestSeconds = 60;
/** Longer than load balancers keep idle connections, so that they close first and lose no request. */
const keepAliveSeconds = 72;
const checkEverySeconds = 2;

/** Certificates are renewed weeks before they expire; a pod receives a new one within a minute. */
const lookAtFilesMs = 10_000;

/** A connection whose caller reads or sends nothing for this long is closed. */
const silentSeconds = 120;

const refused = new WeakSet<IncomingMessage>();

type RequestListener = (request: IncomingMessage, response: ServerResponse) => void;

/**
 * Creates a server that limits connections and requests, and closes connections that send or read too slowly. Probes
 * and scrapes are always answered. With a certificate it uses TLS 1.2 or newer.
 *
 * @param renewalFailed called with the error of a new certificate that cannot be used
 * @throws DayTradeError `settings.invalid`
 */
export function createHttpServer(
  answer: RequestListener,
  limits: ServerLimits,
  tls?: TlsFiles,
  renewalFailed: (error: unknown) => void = () => undefined,
): Server {
  const admission = new Admission(limits.requestsInFlight, limits.waitSeconds * 1_000);
  const busy = new WeakSet<Socket>();
  const listener: RequestListener = (request, response) => {
    busy.add(request.socket);
    response.once('close', () => busy.delete(request.socket));
    if (isOperational(request)) {
      answer(request, response);
      return;
    }
    admission.admit(response, (admitted) => {
      if (!admitted) refused.add(request);
      answer(request, response);
    });
  };
  const options = {
    headersTimeout: limits.headersSeconds * 1_000,
    requestTimeout: requestSeconds * 1_000,
    keepAliveTimeout: keepAliveSeconds * 1_000,
    connectionsCheckingInterval: checkEverySeconds * 1_000,
  };
  const server =
    tls === undefined
      ? createServer(options, listener)
      : createSecureServer({ ...options, ...readTlsFiles(tls), handshakeTimeout: options.headersTimeout }, listener);
  if (tls !== undefined) {
    followTlsFiles(server as SecureServer, tls, { everyMs: lookAtFilesMs, failed: renewalFailed });
  }
  server.setTimeout(silentSeconds * 1_000);
  boundConnections(server, limits.connections, busy);
  return server;
}

/**
 * Limits the open connections of a server: beyond the limit the oldest one without a request closes. Node's own
 * `maxConnections` would refuse the new one.
 */
function boundConnections(server: Server, most: number, busy: WeakSet<Socket>): void {
  /** Sockets by address and port, oldest first. */
  const open = new Map<string, Socket>();
  const add = (socket: Socket) => {
    const place = `${socket.remoteAddress} ${socket.remotePort}`;
    open.set(place, socket);
    socket.once('close', () => {
      if (open.get(place) === socket) open.delete(place);
    });
    if (open.size <= most) return;
    const idle = [...open.values()].find((one) => !busy.has(one));
    idle?.destroy();
  };
  server.on('connection', add);
  // The same connection after its handshake; requests refer to this socket.
  server.on('secureConnection', add);
}

/**
 * Refuses the requests without a turn.
 *
 * @throws DayTradeError `service.overloaded`
 */
export function refuseOverload(service: Service): void {
  beforeEachRequest(service, ({ raw }) => {
    if (refused.has(raw)) throw overloaded();
  });
}

/** Waiting requests allowed for each one in progress. */
const waitingPerRequest = 32;
const retryAfterSeconds = 1;

/**
 * Limits the requests in progress. Further ones wait in order for a short time. @fastify/under-pressure would refuse
 * them at once, by memory and event loop.
 */
class Admission {
  readonly #most: number;
  readonly #longestWaitMs: number;
  readonly #waiting = new Set<() => void>();
  #inFlight = 0;

  constructor(most: number, longestWaitMs: number) {
    this.#most = most;
    this.#longestWaitMs = longestWaitMs;
  }

  /**
   * Calls `begin` with true in the request's turn, or with false if it gets none.
   *
   * @param response its end frees the slot; ended responses leave the queue
   */
  admit(response: ServerResponse, begin: (admitted: boolean) => void): void {
    if (this.#inFlight < this.#most) this.#enter(response, begin);
    else if (this.#waiting.size < this.#most * waitingPerRequest) this.#wait(response, begin);
    else begin(false);
  }

  #wait(response: ServerResponse, begin: (admitted: boolean) => void): void {
    const leave = () => {
      clearTimeout(timer);
      response.off('close', leave);
      this.#waiting.delete(enter);
    };
    const enter = () => {
      leave();
      this.#enter(response, begin);
    };
    const timer = setTimeout(() => {
      leave();
      begin(false);
    }, this.#longestWaitMs);
    response.once('close', leave);
    this.#waiting.add(enter);
  }

  #enter(response: ServerResponse, begin: (admitted: boolean) => void): void {
    let isOpen = true;
    const end = () => {
      if (!isOpen) return;
      isOpen = false;
      this.#inFlight -= 1;
      const [next] = this.#waiting;
      next?.();
    };
    this.#inFlight += 1;
    // From here only the caller's reading is left.
    response.once('prefinish', end);
    response.once('close', end);
    begin(true);
  }
}

function overloaded(): DayTradeError {
  return new DayTradeError('service.overloaded', 'the service answers as many requests as it can, and others wait', {
    details: { retryAfterSeconds },
  });
}
