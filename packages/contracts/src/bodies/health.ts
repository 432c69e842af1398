import { z } from 'zod';

/** `GET /healthz`: the process lives. */
export const healthSchema = z.object({ status: z.literal('ok'), service: z.string(), version: z.string() });

/** One thing that must hold for a service to serve. */
const readinessCheckSchema = z.object({
  name: z.string(),
  ok: z.boolean(),
  reason: z.string().nullable().describe('Why it does not hold; null when it does'),
});

/** `GET /readyz` of a service that can serve; one that cannot answers 503 with the checks in the problem's details. */
export const readinessSchema = z.object({
  status: z.literal('ready'),
  service: z.string(),
  checks: z.array(readinessCheckSchema),
});
export type ReadinessCheckResult = z.infer<typeof readinessCheckSchema>;
