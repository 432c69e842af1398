import { createServer, type IncomingMessage, type Server } from 'node:http';
import { createServer as createSecureServer, type Server as SecureServer } from 'node:https';
import type { Service } from '../service.ts';
import { Admission, overloaded } from './admission.ts';
import { boundConnections, oneAtATime, type RequestListener } from './connections.ts';
import type { ServerLimits } from './edge-options.ts';
import { beforeEachRequest } from './hooks.ts';
import { isOperationalPath } from './operational-routes.ts';
import { followTlsFiles, readTlsFiles, type TlsFiles } from './tls-files.ts';

/** Time limit for a whole request with its body. */
const requestSeconds = 60;
/** Longer than load balancers keep idle connections, so that they close first and lose no request. */
const keepAliveSeconds = 72;
const checkEverySeconds = 2;

/** Certificates are renewed weeks before they expire; a pod receives a new one within a minute. */
const lookAtFilesMs = 10_000;

const refused = new WeakSet<IncomingMessage>();

/**
 * Creates a server that limits connections and requests, and closes connections that send or read too slowly. Probes
 * and scrapes are always answered. With a certificate it uses TLS 1.2 or newer.
 *
 * @param renewalFailed called with the error of a new certificate that cannot be used
 * @throws DayTradeError `settings.invalid`
 */
export function createHttpServer(
  answer: RequestListener,
  limits: ServerLimits,
  tls?: TlsFiles,
  renewalFailed: (error: unknown) => void = () => undefined,
): Server {
  const admission = new Admission(limits.requestsInFlight, limits.waitSeconds * 1_000);
  const { listener, hasRequest } = oneAtATime((request, response) => {
    if (isOperationalPath(request.url)) {
      answer(request, response);
      return;
    }
    admission.admit(response, (admitted) => {
      if (!admitted) refused.add(request);
      answer(request, response);
    });
  });
  const options = {
    headersTimeout: limits.headersSeconds * 1_000,
    requestTimeout: requestSeconds * 1_000,
    keepAliveTimeout: keepAliveSeconds * 1_000,
    connectionsCheckingInterval: checkEverySeconds * 1_000,
    // The service reports a missing Host itself.
    requireHostHeader: false,
  };
  const server =
    tls === undefined
      ? createServer(options, listener)
      : createSecureServer({ ...options, ...readTlsFiles(tls), handshakeTimeout: options.headersTimeout }, listener);
  if (tls !== undefined) {
    followTlsFiles(server as SecureServer, tls, { everyMs: lookAtFilesMs, failed: renewalFailed });
  }
  boundConnections(server, limits.connections, hasRequest);
  return server;
}

/**
 * Refuses the requests without a turn.
 *
 * @throws DayTradeError `service.overloaded`
 */
export function refuseOverload(service: Service): void {
  beforeEachRequest(service, ({ raw }) => {
    if (refused.has(raw)) throw overloaded();
  });
}
