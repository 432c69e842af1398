import { createServer, type IncomingMessage, type Server } from 'node:http';
import { createServer as createSecureServer, type Server as SecureServer } from 'node:https';
import type { Service } from '../service.ts';
import { Admission, overloaded } from './admission.ts';
import { boundConnections } from './bound-connections.ts';
import { oneAtATime, type RequestListener } from './connection-turns.ts';
import { isOperationalPath } from './operational-route.ts';
import { beforeEachRequest } from './plain-hooks.ts';
import type { ServerLimits } from './server-limits.ts';
import { followTlsFiles, readTlsFiles, type TlsFiles } from './tls-files.ts';

/** A whole request, with its body, has come after so long. */
const requestSeconds = 60;
/**
 * An idle connection is kept longer than load balancers keep theirs, so that they end it, not the service in the middle
 * of a request.
 */
const keepAliveSeconds = 72;
const checkEverySeconds = 2;

/** A certificate is renewed weeks before it ends; a pod sees a new one a minute late. */
const lookAtFilesMs = 10_000;

const refused = new WeakSet<IncomingMessage>();

/**
 * Makes a server that stays answerable: it bounds connections and requests, and lets nobody hold a connection by
 * sending slowly or by not reading. Probes and scrapes are answered whatever else there is. With the files of a
 * certificate it speaks TLS 1.2 or newer.
 *
 * @param renewalFailed called with files that took the place of those in use and cannot be used
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
    // The service says itself what is wrong with a request without Host.
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
 * Answers the requests that got no turn.
 *
 * @throws DayTradeError `service.overloaded`
 */
export function refuseOverload(service: Service): void {
  beforeEachRequest(service, ({ raw }) => {
    if (refused.has(raw)) throw overloaded();
  });
}
