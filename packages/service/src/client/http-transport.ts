import { setTimeout as pause } from 'node:timers/promises';
import { DayTradeError } from '@daytrade/errors';
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
  /** Whether an answer may be one that the service keeps, some seconds old; by default a new one is asked for. */
  readonly takesKept?: boolean | undefined;
  /** How long an answer may take; default 30 s. */
  readonly timeoutSeconds?: number | undefined;
}

/**
 * A Kubernetes Service leads to a pod that its node has ended for a part of a second more. Whoever is refused there
 * tries again: nothing was sent yet. Where a connection ends before its answer, a reading is sent again, which changes
 * nothing by being done twice (RFC 9110, 9.2.2). On this machine a refusal means that nothing listens.
 */
export const reconnectPausesMs: readonly number[] = [100, 400];
const refusals = ['ECONNREFUSED', 'EHOSTUNREACH'];
const endings = ['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET'];

/** Requests over the network. */
export function httpTransport(options: HttpTransportOptions): ServiceTransport {
  const address = options.baseUrl.replace(/\/+$/, '');
  const timeoutSeconds = options.timeoutSeconds ?? 30;
  const respond = async (request: TransportRequest): Promise<Answering> => {
    const deadline =
      request.lasts === true ? new AbortController().signal : AbortSignal.timeout(timeoutSeconds * 1_000);
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

/** An answer that has begun, and the error of what goes wrong until its end. */
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

/** The system's reason, for example ECONNREFUSED, which `fetch` keeps in the cause. */
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
