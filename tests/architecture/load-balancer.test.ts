import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { routes } from '@daytrade/contracts';
import { expect, it } from 'vitest';

/** A service with the list of its paths, as `services.tf` of each cloud writes it. */
const services = {
  aws: /^ {4}([a-z-]+) = \{\n([\s\S]*?)^ {4}\}/gm,
  azure: /^ {4}([a-z-]+) += \[([\s\S]*?)\]$/gm,
} as const;

/** The paths that are sent to each service, without the star at their end. */
function pathsOf(cloud: keyof typeof services): Map<string, string[]> {
  const file = join(import.meta.dirname, '../../infrastructure/terraform', cloud, 'services.tf');
  const blocks = readFileSync(file, 'utf8').matchAll(services[cloud]);
  return new Map(
    [...blocks].map(([, name = '', body = '']) => [
      name,
      [...body.matchAll(/"(\/[^"*]*)\*"/g)].map(([, path = '/']) => path),
    ]),
  );
}

it.each([
  ['aws', 'load balancer', 5],
  ['azure', 'gateway', 3],
] as const)('is sent on %s by the %s to its service: every path of the API', (cloud, _, blocks) => {
  const paths = pathsOf(cloud);
  const lost = Object.values(routes).filter(
    ({ service, path }) => !paths.get(`${service}-service`)?.some((begin) => path.startsWith(begin)),
  );
  expect(paths.size).toBe(blocks);
  expect(lost.map(({ service, path }) => `${path} of ${service}-service: add it to services.tf`)).toEqual([]);
});
