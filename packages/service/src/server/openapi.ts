import { problemContentType, problemSchema } from '@daytrade/contracts';
import swagger from '@fastify/swagger';
import { jsonSchemaTransform } from 'fastify-type-provider-zod';
import type { Service, ServiceOptions } from '../service.ts';

const problem = {
  description: 'An RFC 9457 problem document',
  content: { [problemContentType]: { schema: problemSchema } },
};

/** Answers `GET /openapi.json`, made from the schemas of the routes; every route also answers problem documents. */
export async function addOpenApi(service: Service, options: ServiceOptions): Promise<void> {
  service.addHook('onRoute', (route) => {
    if (route.schema?.hide === true) return;
    route.schema = { ...route.schema, response: { '4xx': problem, '5xx': problem, ...responsesOf(route.schema) } };
  });
  const bearer = { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } } as const;
  await service.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: options.name, description: options.description, version: options.version },
      ...(options.token === undefined ? {} : { components: bearer, security: [{ bearer: [] }] }),
    },
    transform: jsonSchemaTransform,
  });
  service.get('/openapi.json', { schema: { hide: true } }, async () => service.swagger());
}

function responsesOf(schema: { readonly response?: unknown } | undefined): Record<string, unknown> {
  return (schema?.response ?? {}) as Record<string, unknown>;
}
