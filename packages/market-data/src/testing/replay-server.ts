import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as a provider sent it. */
export interface ReplayRequest {
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** What the server sends back. */
export interface ReplayReply {
  readonly status?: number | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly body: string | Uint8Array;
  /** `cut off`: half of the body, then the connection ends; `silent`: the headers, and nothing for ever. */
  readonly fault?: 'cut off' | 'silent' | undefined;
}

export type Answers = (request: ReplayRequest) => ReplayReply;

/** A local HTTP server that answers as a data provider does, right or wrong. */
export interface ReplayServer {
  readonly url: string;
  /** Every request so far. */
  readonly requests: readonly ReplayRequest[];
  close(): Promise<void>;
}

/** Starts a server on a free port of loopback; its answers carry no `Date`, unless they are given one. */
export async function startReplayServer(answers: Answers): Promise<ReplayServer> {
  const requests: ReplayRequest[] = [];
  const server = createServer((incoming, outgoing) => {
    const request = readRequest(incoming);
    requests.push(request);
    send(outgoing, answers(request));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function readRequest(incoming: IncomingMessage): ReplayRequest {
  const { pathname, searchParams } = new URL(incoming.url ?? '/', 'http://127.0.0.1');
  return { path: pathname, query: Object.fromEntries(searchParams), headers: incoming.headers };
}

function send(outgoing: ServerResponse, { status = 200, headers = {}, body, fault }: ReplayReply): void {
  const bytes = Buffer.from(body);
  outgoing.sendDate = false;
  outgoing.writeHead(status, { 'content-type': 'application/json', 'content-length': bytes.length, ...headers });
  if (fault === undefined) {
    outgoing.end(bytes);
    return;
  }
  outgoing.flushHeaders();
  if (fault === 'cut off') outgoing.write(bytes.subarray(0, bytes.length / 2), () => outgoing.destroy());
}
