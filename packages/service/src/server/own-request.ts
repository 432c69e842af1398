import { Socket } from 'node:net';
import type { FastifyRequest } from 'fastify';

const refresh = 'x-day-trade-refresh';

/** Headers of a request by which a process renews what it keeps, and which nobody waits for. */
export const ofRefresh = { [refresh]: 'kept' } as const;

/** What this process asks itself has no address. */
export function isOwnRequest({ raw }: FastifyRequest): boolean {
  return !(raw.socket instanceof Socket);
}

/** Whether a request only renews what this process keeps. */
export function isRefresh(request: FastifyRequest): boolean {
  return isOwnRequest(request) && request.headers[refresh] !== undefined;
}
