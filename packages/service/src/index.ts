export { createService } from './create-service.ts';
export { recordedAs } from './server/authentication.ts';
export { type EdgeOptions, edgeOf } from './server/edge-options.ts';
export { KeptAnswers } from './server/kept-answers.ts';
export { drain, listen } from './server/lifecycle.ts';
export { createLogger, type Logger } from './server/logging.ts';
export { addBytesRoute, addFileRoute, addRoute } from './server/routes.ts';
export type { Caller, ReadinessCheck, Service } from './service.ts';
