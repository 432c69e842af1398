import type {
  FastifyBaseLogger,
  FastifyInstance,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { ServerLimits } from './server/edge-options.ts';
import type { Lifecycle } from './server/lifecycle.ts';
import type { Logger } from './server/logging.ts';
import type { ServiceMetrics } from './server/metrics.ts';
import type { TlsFiles } from './server/tls-files.ts';

/** A fastify instance whose routes are typed by their zod schemas. */
export type Service = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  ZodTypeProvider
>;

/** The role of a request's token. */
export type Caller = 'operator' | 'reader';

declare module 'fastify' {
  interface FastifyRequest {
    /** Null in a service without a token. */
    caller: Caller | null;
  }
  interface FastifyInstance {
    readonly metrics: ServiceMetrics;
    readonly lifecycle: Lifecycle;
  }
}

export interface ReadinessCheck {
  readonly name: string;
  /** Rejects if the condition fails. The caller sees the message of a DayTradeError; other errors are only logged. */
  readonly check: () => Promise<void> | void;
}

export interface ServiceOptions {
  /** The name in metrics, log lines and messages, such as `data-service`. */
  readonly name: string;
  /** One sentence for the OpenAPI document. */
  readonly description: string;
  readonly version: string;
  readonly logger: Logger;
  /** Bearer token of every request except `/healthz` and `/readyz`; without it only loopback is served. */
  readonly token?: string | undefined;
  /** A second token, for requests that only read. */
  readonly readToken?: string | undefined;
  /** Selects paths that need no token, such as the files of a page; never data. */
  readonly isPublicPath?: ((path: string) => boolean) | undefined;
  /** Conditions for `/readyz` to answer 200. */
  readonly checks?: readonly ReadinessCheck[] | undefined;
  readonly limits?: ServerLimits | undefined;
  /** Certificate; without it connections are not encrypted. */
  readonly tls?: TlsFiles | undefined;
  /** Maximum body in bytes; default 64 KiB, enough for a list of every symbol. */
  readonly bodyLimit?: number | undefined;
}
