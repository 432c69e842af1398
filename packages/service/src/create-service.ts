import { problemContentType, problemSchema } from '@daytrade/contracts';
import swagger from '@fastify/swagger';
import fastify, { type FastifyBaseLogger, LogController } from 'fastify';
import { jsonSchemaTransform, serializerCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import { answerErrors } from './problems/error-answers.ts';
import { readJsonBodies } from './problems/json-body.ts';
import { refuseUnknownFields, validatorCompiler } from './problems/validation.ts';
import { addAuthentication } from './server/authentication.ts';
import { defaultLimits } from './server/edge-options.ts';
import { addSecurityHeaders, refuseUnknownRoutes } from './server/http-protocol.ts';
import { createHttpServer, refuseOverload } from './server/http-server.ts';
import { releaseConnections } from './server/lifecycle.ts';
import { logRequests, requestIdOf } from './server/logging.ts';
import { addMetrics, addMetricsRoute } from './server/metrics.ts';
import { addHealthRoutes } from './server/operational-routes.ts';
import type { Service, ServiceOptions } from './service.ts';

const defaultBodyLimit = 65_536;

/**
 * Creates an HTTP service with `/healthz`, `/readyz`, `/metrics` and `/openapi.json`. Validation, answers and the
 * OpenAPI document come from the zod schemas of its routes. Every error of a request is an RFC 9457 problem document.
 */
export async function createService(options: ServiceOptions): Promise<Service> {
  const bodyLimit = options.bodyLimit ?? defaultBodyLimit;
  const answers = answerErrors(bodyLimit);
  const service: Service = fastify({
    loggerInstance: options.logger.child({ service: options.name }) as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    genReqId: (request) => requestIdOf(request.headers['x-request-id']),
    bodyLimit,
    // A request that arrives while the service closes is still answered; `drain` limits the time.
    return503OnClosing: false,
    serverFactory: (answer) =>
      createHttpServer(answer, options.limits ?? defaultLimits, options.tls, (error) =>
        options.logger.error({ err: error }, 'the new certificate cannot be used; the old one stays'),
      ),
    frameworkErrors: answers.frameworkError,
  }).withTypeProvider<ZodTypeProvider>();
  service.setValidatorCompiler(validatorCompiler);
  service.setSerializerCompiler(serializerCompiler);
  service.setErrorHandler(answers.routeError);
  const { name: serviceName, token, tls } = options;
  service.decorate('lifecycle', { serviceName, token, secure: tls !== undefined, draining: undefined });

  logRequests(service);
  addSecurityHeaders(service);
  releaseConnections(service);
  addMetrics(service, options.name);
  refuseOverload(service);
  await addAuthentication(service, options);
  refuseUnknownRoutes(service);
  refuseUnknownFields(service);
  readJsonBodies(service);
  await addOpenApi(service, options);
  addHealthRoutes(service, options);
  addMetricsRoute(service);
  return service;
}

const problem = {
  description: 'An RFC 9457 problem document',
  content: { [problemContentType]: { schema: problemSchema } },
};

/** Answers `GET /openapi.json` from the schemas of the routes, with a problem document for every error. */
async function addOpenApi(service: Service, options: ServiceOptions): Promise<void> {
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
