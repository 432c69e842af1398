export { assertMayListen, isLoopback } from './loopback.ts';
export { ServiceClient, type ServiceTransport, type StreamedAnswer, type TransportRequest } from './service-client.ts';
export * from './transports.ts';
