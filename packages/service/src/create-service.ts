import fastify, { type FastifyBaseLogger, LogController } from 'fastify';
import { serializerCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import { answerErrors } from './problems/error-answers.ts';
import { readJsonBodies } from './problems/json-body.ts';
import { refuseUnknownFields, validatorCompiler } from './problems/validation.ts';
import { addAuthentication } from './server/authentication.ts';
import { releaseConnections } from './server/drain.ts';
import { addHealthRoutes } from './server/health.ts';
import { addProtocolChecks } from './server/http-protocol.ts';
import { createHttpServer, refuseOverload } from './server/http-server.ts';
import { Lifecycle } from './server/lifecycle.ts';
import { addMetrics, addMetricsRoute } from './server/metrics.ts';
import { addOpenApi } from './server/openapi.ts';
import { requestIdOf } from './server/request-id.ts';
import { logRequests } from './server/request-log.ts';
import { addRouteTable } from './server/route-table.ts';
import { addSecurityHeaders } from './server/security-headers.ts';
import { defaultLimits } from './server/server-limits.ts';
import type { Service, ServiceOptions } from './service.ts';

const defaultBodyLimit = 65_536;

/**
 * One HTTP service with `/healthz`, `/readyz`, `/metrics` and `/openapi.json`; routes are added to what it gives.
 * Validation, answers and the OpenAPI document come from the zod schemas of the routes, and every error is an RFC 9457
 * problem document.
 *
 * @example
 * const service = await createService({ name: 'data-service', description: 'Bars', version: '0.1.0', logger });
 * addRoute(service, routes.symbols, async () => ({ symbols: [], barsAge: null }));
 * const { url } = await listen(service, { host: '127.0.0.1', port: 8001 });
 */
export async function createService(options: ServiceOptions): Promise<Service> {
  const bodyLimit = options.bodyLimit ?? defaultBodyLimit;
  const answers = answerErrors(bodyLimit);
  const service: Service = fastify({
    loggerInstance: options.logger.child({ service: options.name }) as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    genReqId: (request) => requestIdOf(request.headers['x-request-id']),
    bodyLimit,
    // A connection that is open when the service closes is still answered; `drain` ends what takes too long.
    return503OnClosing: false,
    serverFactory: (answer) =>
      createHttpServer(answer, options.limits ?? defaultLimits, options.tls, (error) =>
        options.logger.error({ err: error }, 'the new certificate cannot be used; the old one stays'),
      ),
    frameworkErrors: answers.frameworkError,
    clientErrorHandler: answers.clientError,
  }).withTypeProvider<ZodTypeProvider>();
  service.setValidatorCompiler(validatorCompiler);
  service.setSerializerCompiler(serializerCompiler);
  service.setErrorHandler(answers.routeError);
  service.decorate('lifecycle', new Lifecycle(options.name, options.token, options.tls !== undefined));

  logRequests(service);
  addSecurityHeaders(service);
  releaseConnections(service);
  addMetrics(service, options.name);
  refuseOverload(service);
  addProtocolChecks(service);
  addAuthentication(service, options);
  addRouteTable(service);
  refuseUnknownFields(service);
  readJsonBodies(service);
  await addOpenApi(service, options);
  addHealthRoutes(service, options);
  addMetricsRoute(service);
  return service;
}
