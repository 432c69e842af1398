import { figuresOf, type LoadFigures } from '../../support/load/load-report.ts';
import { startLoad } from '../../support/load/start-load.ts';
import { openLoadPort } from '../load/load-port.ts';
import type { Installation } from '../releases/installation.ts';

const routes = {
  'ml-service': '/v1/predictions/latest',
  'data-service': '/v1/symbols',
  'scheduler-service': '/v1/jobs',
  dashboard: '/',
} as const;

/** What the load on one service saw. */
export interface Probed extends LoadFigures {
  readonly service: string;
}

/** Asks each service ten times a second, while something happens. */
export async function probed<Value>(
  { namespace, token }: Installation,
  action: () => Promise<Value>,
): Promise<{ readonly value: Value; readonly services: readonly Probed[] }> {
  const names = Object.keys(routes) as (keyof typeof routes)[];
  const urls = await Promise.all(names.map(async (name) => `${await openLoadPort(namespace, name)}${routes[name]}`));
  const loads = urls.map((url) => startLoad({ url, token, requestsPerSecond: 10, connections: 4, seconds: 600 }));
  try {
    const value = await action();
    const results = await Promise.all(loads.map((load) => load.stop()));
    return {
      value,
      services: results.map((result, index) => ({ service: names[index] as string, ...figuresOf(result) })),
    };
  } catch (error) {
    await Promise.allSettled(loads.map((load) => load.stop()));
    throw error;
  }
}
