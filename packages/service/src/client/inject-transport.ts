import type { InjectOptions, LightMyRequestResponse } from 'fastify';
import type { Service } from '../service.ts';
import type { ServiceTransport, TransportAnswer, TransportRequest } from './service-client.ts';

/** Requests to a service of this process, through all of its layers but the socket. */
export function injectTransport(service: Service): ServiceTransport {
  const { serviceName, token } = service.lifecycle;
  return {
    address: serviceName,
    async send(request) {
      const answer = await service.inject(injected(request, token));
      return { ...headOf(answer), body: answer.body };
    },
    async stream(request) {
      const answer = await service.inject({ ...injected(request, token), payloadAsStream: true });
      return { ...headOf(answer), content: answer.stream() };
    },
  };
}

function headOf({ statusCode, headers }: LightMyRequestResponse): Omit<TransportAnswer, 'body'> {
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
