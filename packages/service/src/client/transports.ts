import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import tls from 'node:tls';
import type { Settings } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import type { Service } from '../service.ts';
import { isLoopback } from './loopback.ts';
import type { ServiceTransport, TransportRequest } from './service-client.ts';

export interface HttpTransportOptions {
  /** For example `http://127.0.0.1:8001`. */
  readonly baseUrl: string;
  readonly fetch: typeof globalThis.fetch;
  /** Sent as bearer token. */
  readonly token?: string | undefined;
  /** The command that starts the service, for the message when nothing answers. */
  readonly startWith: string;
  /** True accepts an answer from the service's cache; by default a new one is requested. */
  readonly takesKept?: boolean | undefined;
  /** Default 30. */
  readonly timeoutSeconds?: number | undefined;
}

/**
 * Retry delays. A Kubernetes Service routes to a terminated pod for a fraction of a second. A refused request is sent
 * again, and so is a GET whose connection ended, since it is idempotent (RFC 9110, 9.2.2). On loopback a refusal means
 * that no process listens.
 */
const reconnectPausesMs: readonly number[] = [100, 400];
const refusals = ['ECONNREFUSED', 'EHOSTUNREACH'];
const endings = ['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET'];

/** Sends requests over the network. */
export function httpTransport(options: HttpTransportOptions): ServiceTransport {
  const address = options.baseUrl.replace(/\/+$/, '');
  const timeoutSeconds = options.timeoutSeconds ?? 30;
  return {
    address,
    async stream(request) {
      const deadline = AbortSignal.timeout(timeoutSeconds * 1_000);
      const signal = request.signal === undefined ? deadline : AbortSignal.any([deadline, request.signal]);
      const failed = (error: unknown) => {
        if (request.signal?.aborted === true) return error;
        const reason = deadline.aborted ? `no answer in ${timeoutSeconds} s` : reasonOf(error);
        return unreachable({ address, requestId: request.requestId }, options.startWith, reason, error);
      };
      const { headers, body } = sentOf(request, options.token);
      const caching: Record<string, string> = options.takesKept === true ? {} : { 'cache-control': 'no-cache' };
      const init = { method: request.method, headers: { ...headers, ...caching }, signal, ...(body && { body }) };
      const send = () => options.fetch(`${address}${request.path}`, init);
      const again = request.method === 'GET' ? [...refusals, ...endings] : refusals;
      const response = await connected(send, again, address, signal).catch((error: unknown) => {
        throw failed(error);
      });
      const head = headOf(response.status, (name) => response.headers.get(name));
      return { ...head, content: piecesOf(response, failed) };
    },
  };
}

function headOf(status: number, header: (name: string) => string | null | undefined) {
  return {
    status,
    contentType: header('content-type') ?? '',
    contentDisposition: header('content-disposition') ?? undefined,
    contentSecurityPolicy: header('content-security-policy') ?? undefined,
  };
}

async function* piecesOf({ body }: Response, failed: (error: unknown) => unknown): AsyncGenerator<Uint8Array> {
  if (body === null) return;
  try {
    for await (const piece of body) yield piece;
  } catch (error) {
    throw failed(error);
  }
}

async function connected(
  send: () => Promise<Response>,
  again: readonly string[],
  address: string,
  signal: AbortSignal,
): Promise<Response> {
  for (const pauseMs of reconnectPausesMs) {
    try {
      return await send();
    } catch (error) {
      if (!again.includes(reasonOf(error)) || isLoopback(new URL(address).hostname)) throw error;
    }
    await pause(pauseMs, undefined, { signal });
  }
  return await send();
}

/** Returns the headers and the body of a request, for the network and for this process. */
function sentOf({ body, bytes, requestId }: TransportRequest, token: string | undefined) {
  const type = bytes === undefined ? 'application/json' : 'application/octet-stream';
  const sent = bytes ?? (body === undefined ? undefined : JSON.stringify(body));
  return {
    headers: {
      accept: 'application/json',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(requestId === undefined ? {} : { 'x-request-id': requestId }),
      ...(sent === undefined ? {} : { 'content-type': type }),
    },
    ...(sent === undefined ? {} : { body: sent }),
  };
}

/** Returns the system's error code, such as ECONNREFUSED, from the cause of an error of `fetch`. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  if (cause instanceof Error && 'code' in cause) return String(cause.code);
  return error.message;
}

function unreachable(
  { address, requestId }: { readonly address: string; readonly requestId: string | undefined },
  startWith: string,
  reason: string,
  cause: unknown,
): DayTradeError {
  return new DayTradeError(
    'service.unreachable',
    `${address} does not answer (${reason}); start it with \`${startWith}\``,
    {
      details: requestId === undefined ? {} : { requestId },
      cause,
    },
  );
}

/** Sends requests to a service of this process through all its layers except the socket. */
export function injectTransport(service: Service): ServiceTransport {
  const { serviceName, token } = service.lifecycle;
  return {
    address: serviceName,
    async stream(request) {
      const { method, path: url, signal } = request;
      const { headers, body } = sentOf(request, token);
      const answer = await service.inject({
        method,
        url,
        headers,
        payloadAsStream: true,
        ...(body === undefined ? {} : { payload: Buffer.from(body as string) }),
        ...(signal === undefined ? {} : { signal }),
      });
      const head = headOf(answer.statusCode, (name) => answer.headers[name]?.toString());
      return { ...head, content: answer.stream() };
    },
  };
}

/**
 * Adds the authority of `DAYTRADE_TLS_CA_FILE` to those that every TLS connection of this process trusts by default.
 *
 * @throws DayTradeError `settings.invalid` when the file cannot be read, or the runtime is too old
 */
export function trustAuthority({ DAYTRADE_TLS_CA_FILE: path }: Pick<Settings, 'DAYTRADE_TLS_CA_FILE'>): void {
  if (path === undefined) return;
  try {
    tls.setDefaultCACertificates([...tls.getCACertificates('default'), readFileSync(path, 'utf8')]);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new DayTradeError(
      'settings.invalid',
      `DAYTRADE_TLS_CA_FILE=${JSON.stringify(path)}: expected a PEM file that can be read (${reason})`,
      { cause: error },
    );
  }
}
