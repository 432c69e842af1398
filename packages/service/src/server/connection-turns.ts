import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** What answers a request. */
export type RequestListener = (request: IncomingMessage, response: ServerResponse) => void;

export interface ConnectionTurns {
  readonly listener: RequestListener;
  /** Returns whether a request of the connection is under way. */
  readonly hasRequest: (socket: Socket) => boolean;
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

/** Requests that may wait behind another one of their connection; whoever sends more loses the connection. */
const mostWaiting = 100;
/** A caller that reads nothing of its answer for this long loses the connection. */
const unreadMs = 30_000;

/**
 * Answers the requests of a connection one after another. Node.js begins with all that it finds in what it reads,
 * thousands at once; here the next one begins when the answer before it is on its way, and meanwhile no more is read.
 * So a caller that sends and does not read has one request under way, however many it sends.
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
