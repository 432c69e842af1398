import fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  LogController,
  type RawReplyDefaultExpression,
  type RawRequestDefaultExpression,
  type RawServerDefault,
} from 'fastify';
import { serializerCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import { addAuthentication } from './authentication.ts';
import { answerErrors } from './error-answers.ts';
import { addHealthRoutes, type ReadinessCheck } from './health.ts';
import { addProtocolChecks } from './http-protocol.ts';
import { createHttpServer, defaultLimits, refuseOverload, type ServerLimits } from './http-server.ts';
import { readJsonBodies } from './json-body.ts';
import { Lifecycle, releaseConnections } from './lifecycle.ts';
import type { Logger } from './logger.ts';
import { addMetrics, addMetricsRoute, type ServiceMetrics } from './metrics.ts';
import { addOpenApi } from './openapi.ts';
import { requestIdOf } from './request-id.ts';
import { logRequests } from './request-log.ts';
import { addRouteTable } from './route-table.ts';
import { addSecurityHeaders } from './security-headers.ts';
import type { TlsFiles } from './tls-files.ts';
import { refuseUnknownFields, validatorCompiler } from './validation.ts';

/** A fastify instance whose routes are typed by their zod schemas. */
export type Service = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  ZodTypeProvider
>;

declare module 'fastify' {
  interface FastifyInstance {
    /** The metrics of the service, answered by `GET /metrics`. */
    readonly metrics: ServiceMetrics;
    /** Whether the service takes requests, drains, or has closed. */
    readonly lifecycle: Lifecycle;
  }
}

/** What a service is made of, beside its routes. */
export interface ServiceOptions {
  /** As it appears in metrics, log lines and messages, for example `data-service`. */
  readonly name: string;
  /** One sentence for the OpenAPI document. */
  readonly description: string;
  readonly version: string;
  readonly logger: Logger;
  /** Bearer token of every request but `/healthz` and `/readyz`; without it only loopback is served. */
  readonly token?: string | undefined;
  /** Paths that need no token although there is one, for example the files of a page; never data. */
  readonly isPublicPath?: ((path: string) => boolean) | undefined;
  /** What must hold for `/readyz` to answer 200. */
  readonly checks?: readonly ReadinessCheck[] | undefined;
  /** How much it takes at once. */
  readonly limits?: ServerLimits | undefined;
  /** The certificate to speak TLS with; without it connections are not encrypted. */
  readonly tls?: TlsFiles | undefined;
  /** Largest body in bytes; default 64 KiB, enough for a list of every symbol. */
  readonly bodyLimit?: number | undefined;
}

const defaultBodyLimit = 65_536;

/**
 * One HTTP service with `/healthz`, `/readyz`, `/metrics` and `/openapi.json`; routes are added to what it gives. Validation,
 * answers and the OpenAPI document come from the zod schemas of the routes, and every error is an RFC 9457 problem document.
 *
 * @example
 * const service = await createService({ name: 'data-service', description: 'Bars', version: '0.1.0', logger });
 * service.get('/v1/symbols', { schema: { response: { 200: symbolListSchema } } }, async () => ({ symbols: [] }));
 * const { url } = await listen(service, { host: '127.0.0.1', port: 8001, portSetting: 'DAYTRADE_DATA_PORT' });
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
