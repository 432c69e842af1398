import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Service } from '../service.ts';

type Look = (request: FastifyRequest, reply: FastifyReply) => void;

// Plain functions: an async hook costs each request a promise and a turn of the microtask queue, for nothing that it
// waits for.

/** Looks at each request before its body is read. What it throws answers the request. */
export function beforeEachRequest(service: Service, look: Look): void {
  service.addHook('onRequest', (request, reply, done) => {
    look(request, reply as FastifyReply);
    done();
  });
}

/** Sets headers of each answer before it is sent. */
export function beforeEachAnswer(service: Service, look: Look): void {
  service.addHook('onSend', (request, reply, payload, done) => {
    look(request, reply as FastifyReply);
    done(null, payload);
  });
}

/** Counts or logs each answer after it was sent. */
export function afterEachAnswer(service: Service, look: Look): void {
  service.addHook('onResponse', (request, reply, done) => {
    look(request, reply as FastifyReply);
    done();
  });
}
