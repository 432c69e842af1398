export { jquantsStandIn, withSplit } from './jquants-stand-in.ts';
export { type Answers, type ReplayServer, startReplayServer } from './replay-server.ts';
export { yahooStandIn } from './yahoo-stand-in.ts';
