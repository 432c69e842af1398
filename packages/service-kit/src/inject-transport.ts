import type { Service } from './service.ts';
import type { ServiceTransport } from './service-client.ts';

/** Requests to a service of this process, through all of its layers but the socket. */
export function injectTransport(service: Service): ServiceTransport {
  const { serviceName, token } = service.lifecycle;
  return {
    address: serviceName,
    async send({ method, path, body, signal }) {
      const answer = await service.inject({
        method,
        url: path,
        headers: {
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
        ...(signal === undefined ? {} : { signal }),
      });
      return {
        status: answer.statusCode,
        contentType: String(answer.headers['content-type'] ?? ''),
        body: answer.body,
      };
    },
  };
}
