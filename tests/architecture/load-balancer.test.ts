import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { addresses } from '@daytrade/contracts';
import { expect, it } from 'vitest';

const file = join(import.meta.dirname, '../../infrastructure/terraform/aws/services.tf');
const blocks = readFileSync(file, 'utf8').matchAll(/^ {4}([a-z-]+) = \{\n([\s\S]*?)^ {4}\}/gm);

/** The paths that the load balancer on AWS sends to each service, without the star at their end. */
const paths = new Map(
  [...blocks].map(([, name, body = '']) => [name, [...body.matchAll(/"(\/[^"*]*)\*"/g)].map(([, path]) => path)]),
);

it('is sent by the load balancer on AWS to its service: every path of the API', () => {
  const lost = Object.values(addresses).filter(
    ({ service, path }) => !paths.get(`${service}-service`)?.some((begin) => path.startsWith(begin ?? '/')),
  );
  expect(paths.size).toBe(5);
  expect(lost.map(({ service, path }) => `${path} of ${service}-service: add it to services.tf`)).toEqual([]);
});
