import { onTestFinished } from 'vitest';
import type { WireRow } from '../../testing/jquants-stand-in.ts';
import { type ReplayReply, type ReplayRequest, startReplayServer } from '../../testing/replay-server.ts';
import { SimulatedClock } from '../../testing/simulated-clock.ts';
import { TokenBucket } from '../network/token-bucket.ts';
import { JQuantsClient } from './client.ts';

/** A client of a server that answers with rows, or with a whole reply. */
export async function serveJQuants(answers: (request: ReplayRequest) => readonly WireRow[] | ReplayReply) {
  const server = await startReplayServer((request) => {
    const answer = answers(request);
    return 'body' in answer ? answer : { body: JSON.stringify({ data: answer }) };
  });
  onTestFinished(() => server.close());
  const clock = new SimulatedClock('2025-03-10T12:00:00Z');
  const client = new JQuantsClient({
    baseUrl: server.url,
    apiKey: () => Promise.resolve('a key'),
    bucket: new TokenBucket(60, clock),
    now: clock.now,
    timeoutMilliseconds: 4_000,
  });
  return { client, asked: () => server.requests.map(({ path, query }) => ({ path, query })) };
}
