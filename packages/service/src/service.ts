import type {
  FastifyBaseLogger,
  FastifyInstance,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { Lifecycle } from './server/lifecycle.ts';
import type { Logger } from './server/logger.ts';
import type { ServerLimits } from './server/server-limits.ts';
import type { ServiceMetrics } from './server/service-metrics.ts';
import type { TlsFiles } from './server/tls-files.ts';

/** A fastify instance whose routes are typed by their zod schemas. */
export type Service = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  ZodTypeProvider
>;

/** Who sent a request, by its token. */
export type Caller = 'operator' | 'reader';

declare module 'fastify' {
  interface FastifyRequest {
    /** Null where no token is needed. */
    caller: Caller | null;
  }
  interface FastifyInstance {
    /** The metrics of the service, answered by `GET /metrics`. */
    readonly metrics: ServiceMetrics;
    /** Whether the service takes requests, drains, or has closed. */
    readonly lifecycle: Lifecycle;
  }
}

/** One thing that must hold for a service to serve. */
export interface ReadinessCheck {
  readonly name: string;
  /**
   * Rejects when it does not hold; the message of a DayTradeError is shown to the caller, of another error only logged.
   */
  readonly check: () => Promise<void> | void;
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
  /** Another one, with which requests read and change nothing. */
  readonly readToken?: string | undefined;
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
