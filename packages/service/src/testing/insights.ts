import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';
import type { Envelope } from '../traces/insights-ingestion.ts';

/** A stand-in of Application Insights, and what it has taken: items of its key, for its token. Answers as Azure does. */
export async function ingestion(key: string, token: string) {
  const items: Envelope[] = [];
  const take = async (request: IncomingMessage, answer: ServerResponse) => {
    const say = (status: number, value: object) => {
      answer.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    };
    const lines = (await text(request)).split('\n').map((line) => JSON.parse(line) as Envelope);
    if (request.url !== '/v2.1/track') return say(404, {});
    if (request.headers.authorization !== `Bearer ${token}`) return say(401, { message: 'no token that is known' });
    if (lines.some(({ iKey }) => iKey !== key)) return say(400, { message: 'field iKey is not valid' });
    items.push(...lines);
    say(200, { itemsReceived: lines.length, itemsAccepted: lines.length, errors: [] });
  };
  const server = createServer((request, answer) => void take(request, answer));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, items };
}
