export { type HttpTransportOptions, httpTransport, reconnectPausesMs } from './http-transport.ts';
export { injectTransport } from './inject-transport.ts';
export { assertMayListen, isLoopback } from './loopback.ts';
export { ServiceClient, type ServiceTransport, type StreamedAnswer, type TransportRequest } from './service-client.ts';
export { trustAuthority } from './trust-authority.ts';
