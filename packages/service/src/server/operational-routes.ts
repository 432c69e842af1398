import { setTimeout as pause } from 'node:timers/promises';
import { healthSchema, type ReadinessCheckResult, readinessSchema } from '@daytrade/contracts';
import { DayTradeError, isDayTradeError } from '@daytrade/errors';
import type { FastifyBaseLogger } from 'fastify';
import type { ReadinessCheck, Service, ServiceOptions } from '../service.ts';

/** Readiness checks fail after this time, since probes come every few seconds. */
const checkSeconds = 2;

/**
 * Answers `GET /healthz` (liveness) and `GET /readyz` (readiness). @fastify/under-pressure has one check, and keeps its
 * reason to itself.
 */
export function addHealthRoutes(service: Service, options: ServiceOptions): void {
  const { name, version, checks = [] } = options;
  service.get(
    '/healthz',
    {
      schema: { summary: 'Whether the process lives', tags: ['operations'], response: { 200: healthSchema } },
    },
    async () => ({ status: 'ok' as const, service: name, version }),
  );
  service.get(
    '/readyz',
    {
      schema: { summary: 'Whether the service can serve', tags: ['operations'], response: { 200: readinessSchema } },
    },
    async (request) => {
      const results = await Promise.all(checks.map((check) => resultOf(check, request.log)));
      assertReady(name, service.lifecycle.draining !== undefined, results);
      return { status: 'ready' as const, service: name, checks: results };
    },
  );
}

function assertReady(name: string, draining: boolean, checks: readonly ReadinessCheckResult[]): void {
  const reasons = checks.filter(({ ok }) => !ok).map((check) => `${check.name}: ${check.reason}`);
  if (draining) reasons.unshift('it is draining');
  if (reasons.length === 0) return;
  throw new DayTradeError('service.unavailable', `${name} cannot serve: ${reasons.join('; ')}`, {
    details: { draining, checks },
  });
}

async function resultOf({ name, check }: ReadinessCheck, log: FastifyBaseLogger): Promise<ReadinessCheckResult> {
  const over = new AbortController();
  const tooLong = pause(checkSeconds * 1_000, undefined, { signal: over.signal, ref: false }).then(() => {
    throw new DayTradeError('service.unavailable', `no answer in ${checkSeconds} s`);
  });
  try {
    await Promise.race([Promise.resolve().then(check), tooLong]);
    return { name, ok: true, reason: null };
  } catch (error) {
    log.warn({ err: error, check: name }, 'a readiness check failed');
    return { name, ok: false, reason: isDayTradeError(error) ? error.message : 'failed; see the log' };
  } finally {
    over.abort();
    tooLong.catch(() => undefined);
  }
}

const operationalPath = /^\/(?:healthz|readyz|metrics)(?:\?|$)/;

/** Returns true for a request of probes and scrapes. */
export function isOperational({ url }: { readonly url?: string | undefined }): boolean {
  return operationalPath.test(url ?? '');
}
