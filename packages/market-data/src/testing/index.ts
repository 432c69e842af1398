export { jquantsStandIn, withSplit } from './jquants-stand-in.ts';
export { type ReplayServer, startReplayServer } from './replay-server.ts';
export { yahooStandIn } from './yahoo-stand-in.ts';
