import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

export type RequestListener = (request: IncomingMessage, response: ServerResponse) => void;

export interface ConnectionTurns {
  readonly listener: RequestListener;
  /** Returns true while a request of the connection is in progress. */
  readonly hasRequest: (socket: Socket) => boolean;
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

/** Maximum of requests waiting on one connection; more close it. */
const mostWaiting = 100;
/** A connection whose caller reads nothing for this long is closed. */
const unreadMs = 30_000;

/**
 * Answers the requests of a connection one at a time. Node.js would start all pipelined requests at once. The next one
 * starts when the previous answer is sent, and reading pauses meanwhile, so a caller that does not read has one request
 * in progress.
 */
export function oneAtATime(answer: RequestListener): ConnectionTurns {
  const waitingOn = new WeakMap<Socket, Exchange[]>();

  const begin = ({ request, response }: Exchange) => {
    const { socket } = request;
    response.once('prefinish', () => socket.setTimeout(unreadMs));
    response.once('close', () => goOn(socket));
    answer(request, response);
  };

  const goOn = (socket: Socket) => {
    const waiting = waitingOn.get(socket) as Exchange[];
    const next = waiting.shift();
    if (next === undefined || socket.destroyed) {
      waitingOn.delete(socket);
      return;
    }
    socket.setTimeout(0);
    if (waiting.length === 0) socket.resume();
    begin(next);
  };

  const listener: RequestListener = (request, response) => {
    const { socket } = request;
    const waiting = waitingOn.get(socket);
    if (waiting === undefined) {
      waitingOn.set(socket, []);
      begin({ request, response });
    } else if (waiting.length < mostWaiting) {
      waiting.push({ request, response });
      socket.pause();
    } else {
      socket.destroy();
    }
  };
  return { listener, hasRequest: (socket) => waitingOn.has(socket) };
}

/**
 * Limits the open connections of a server. Beyond the limit an idle one closes: the oldest of the address with the
 * most. A new connection closes only if all others have a request.
 */
export function boundConnections(server: Server, most: number, hasRequest: (socket: Socket) => boolean): void {
  /** Sockets by address and port, oldest first. */
  const open = new Map<string, Map<number, Socket>>();
  let count = 0;

  const forget = (address: string, port: number, socket: Socket) => {
    const ofAddress = open.get(address);
    // After the TLS handshake another socket has this place.
    if (ofAddress?.get(port) !== socket) return;
    count -= 1;
    ofAddress.delete(port);
    if (ofAddress.size === 0) open.delete(address);
  };

  const closeOne = () => {
    const busiestFirst = [...open].sort(([, one], [, other]) => other.size - one.size);
    for (const [address, sockets] of busiestFirst) {
      for (const [port, socket] of sockets) {
        if (hasRequest(socket)) continue;
        forget(address, port, socket);
        socket.destroy();
        return;
      }
    }
  };

  const add = (socket: Socket) => {
    const { remoteAddress: address, remotePort: port } = socket;
    // The caller has left already.
    if (address === undefined || port === undefined) return;
    const ofAddress = open.get(address) ?? new Map<number, Socket>();
    open.set(address, ofAddress);
    if (!ofAddress.has(port)) count += 1;
    ofAddress.set(port, socket);
    socket.once('close', () => forget(address, port, socket));
    if (count > most) closeOne();
  };

  server.on('connection', add);
  // The same connection after its handshake; requests refer to this socket.
  server.on('secureConnection', add);
}
