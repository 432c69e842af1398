import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import tls from 'node:tls';
import type { Settings } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import type { InjectOptions, LightMyRequestResponse } from 'fastify';
import type { Service } from '../service.ts';
import { isLoopback } from './loopback.ts';
import type { ServiceTransport, TransportAnswer, TransportRequest } from './service-client.ts';

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
  const respond = async (request: TransportRequest): Promise<Answering> => {
    const deadline = AbortSignal.timeout(timeoutSeconds * 1_000);
    const signal = request.signal === undefined ? deadline : AbortSignal.any([deadline, request.signal]);
    const failed = (error: unknown) => {
      if (request.signal?.aborted === true) return error;
      const reason = deadline.aborted ? `no answer in ${timeoutSeconds} s` : reasonOf(error);
      return unreachable({ address, requestId: request.requestId }, options.startWith, reason, error);
    };
    const send = () => options.fetch(`${address}${request.path}`, { ...fetchOptions(request, options), signal });
    try {
      const again = request.method === 'GET' ? [...refusals, ...endings] : refusals;
      return { response: await connected(send, again, address, signal), failed };
    } catch (error) {
      throw failed(error);
    }
  };
  return {
    address,
    async send(request) {
      const { response, failed } = await respond(request);
      const body = await response.text().catch((error: unknown) => {
        throw failed(error);
      });
      return { ...headOf(response), body };
    },
    async stream(request) {
      const { response, failed } = await respond(request);
      return { ...headOf(response), content: piecesOf(response, failed) };
    },
  };
}

/** An answer that has begun, with the error for a failure before its end. */
interface Answering {
  readonly response: Response;
  readonly failed: (error: unknown) => unknown;
}

function headOf({ status, headers }: Response) {
  return {
    status,
    contentType: headers.get('content-type') ?? '',
    contentDisposition: headers.get('content-disposition') ?? undefined,
    contentSecurityPolicy: headers.get('content-security-policy') ?? undefined,
  };
}

async function* piecesOf({ body }: Response, failed: Answering['failed']): AsyncGenerator<Uint8Array> {
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

function fetchOptions(request: TransportRequest, options: HttpTransportOptions): RequestInit {
  const headers: Record<string, string> = { accept: 'application/json' };
  if (options.takesKept !== true) headers['cache-control'] = 'no-cache';
  if (options.token !== undefined) headers.authorization = `Bearer ${options.token}`;
  if (request.requestId !== undefined) headers['x-request-id'] = request.requestId;
  if (request.bytes !== undefined) {
    headers['content-type'] = 'application/octet-stream';
    return { method: request.method, headers, body: request.bytes };
  }
  if (request.body === undefined) return { method: request.method, headers };
  headers['content-type'] = 'application/json';
  return { method: request.method, headers, body: JSON.stringify(request.body) };
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
      details: { address, reason, ...(requestId === undefined ? {} : { requestId }) },
      cause,
    },
  );
}

/** Sends requests to a service of this process through all its layers except the socket. */
export function injectTransport(service: Service): ServiceTransport {
  const { serviceName, token } = service.lifecycle;
  return {
    address: serviceName,
    async send(request) {
      const answer = await service.inject(injected(request, token));
      return { ...headOfInjected(answer), body: answer.body };
    },
    async stream(request) {
      const answer = await service.inject({ ...injected(request, token), payloadAsStream: true });
      return { ...headOfInjected(answer), content: answer.stream() };
    },
  };
}

function headOfInjected({ statusCode, headers }: LightMyRequestResponse): Omit<TransportAnswer, 'body'> {
  return {
    status: statusCode,
    contentType: headers['content-type']?.toString() ?? '',
    contentDisposition: headers['content-disposition']?.toString(),
    contentSecurityPolicy: headers['content-security-policy']?.toString(),
  };
}

function injected(request: TransportRequest, token: string | undefined): InjectOptions {
  const { method, path, body, bytes, requestId, signal } = request;
  return {
    method,
    url: path,
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(requestId === undefined ? {} : { 'x-request-id': requestId }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(bytes === undefined ? {} : { 'content-type': 'application/octet-stream' }),
    },
    ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
    ...(bytes === undefined ? {} : { payload: Buffer.from(bytes) }),
    ...(signal === undefined ? {} : { signal }),
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
      { details: { path }, cause: error },
    );
  }
}
