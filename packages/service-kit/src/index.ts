export { createService } from './create-service.ts';
export { addRoute } from './server/add-route.ts';
export { drain } from './server/drain.ts';
export { type EdgeOptions, edgeOf } from './server/edge-options.ts';
export { type Freshness, KeptAnswers } from './server/kept-answers.ts';
export { assertMayListen, type ListenAddress, listen } from './server/listen.ts';
export { createLogger, type Logger } from './server/logger.ts';
export { isOperational } from './server/operational-route.ts';
export type { ReadinessCheck, Service } from './service.ts';
