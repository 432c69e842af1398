export { type EdgeOptions, edgeOf } from './edge-options.ts';
export type { ReadinessCheck } from './health.ts';
export { type HttpTransportOptions, httpTransport, reconnectPausesMs } from './http-transport.ts';
export { injectTransport } from './inject-transport.ts';
export { type Freshness, KeptAnswers, type KeptAnswersOptions } from './kept-answers.ts';
export { type DrainOptions, drain, type Lifecycle } from './lifecycle.ts';
export { assertMayListen, type ListenAddress, type ListenOptions, listen } from './listen.ts';
export { createLogger, type Logger } from './logger.ts';
export { isLoopback } from './loopback.ts';
export type { ServiceMetrics } from './metrics.ts';
export { isOperational } from './operational-route.ts';
export { type ProcessParts, type ProcessTarget, runProcess } from './run-process.ts';
export { createService, type Service, type ServiceOptions } from './service.ts';
export {
  type GetOptions,
  type PostOptions,
  ServiceClient,
  type ServiceTransport,
  type TransportAnswer,
  type TransportRequest,
} from './service-client.ts';
export { drainOnSignals, type SignalTarget } from './termination.ts';
export { trustAuthority } from './trust-authority.ts';
