export { KabuClient } from './kabu-client.ts';
export type { LiveClock } from './live-clock.ts';
export { haltSession, heldIn } from './live-ledger.ts';
export { type LiveDecision, LiveSession } from './live-session.ts';
export { webSocketStream } from './price-feed.ts';
export { httpTransport } from './transport.ts';
