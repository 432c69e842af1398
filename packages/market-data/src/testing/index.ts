export { jquantsStandIn, type StandInOptions, type WireRow } from './jquants-stand-in.ts';
export {
  type Answers,
  type ReplayReply,
  type ReplayRequest,
  type ReplayServer,
  startReplayServer,
} from './replay-server.ts';
