import { Socket } from 'node:net';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Service } from '../service.ts';

type Look = (request: FastifyRequest, reply: FastifyReply) => void;

// These hooks are synchronous, since an async hook costs each request a promise.

/** Calls `look` for each request before its body is read. Its error becomes the answer. */
export function beforeEachRequest(service: Service, look: Look): void {
  service.addHook('onRequest', (request, reply, done) => {
    look(request, reply as FastifyReply);
    done();
  });
}

/** Calls `look` before each answer is sent, to set headers. */
export function beforeEachAnswer(service: Service, look: Look): void {
  service.addHook('onSend', (request, reply, payload, done) => {
    look(request, reply as FastifyReply);
    done(null, payload);
  });
}

/** Calls `look` after each answer was sent. */
export function afterEachAnswer(service: Service, look: Look): void {
  service.addHook('onResponse', (request, reply, done) => {
    look(request, reply as FastifyReply);
    done();
  });
}

/** Returns true for a request of this process, which has no socket. */
export function isOwnRequest({ raw }: FastifyRequest): boolean {
  return !(raw.socket instanceof Socket);
}

/** Returns the path of a request without its query. */
export function pathOf({ url }: Pick<FastifyRequest, 'url'>): string {
  return url.split('?', 1)[0] as string;
}
