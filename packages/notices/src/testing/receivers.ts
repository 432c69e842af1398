import { once } from 'node:events';
import { createServer as createHttpServer, type IncomingHttpHeaders } from 'node:http';
import { type AddressInfo, createServer, type Socket } from 'node:net';

/** A request as a receiver saw it. */
export interface ReceivedPost {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A web server of the test that notes what is posted to it. */
export interface HttpReceiver extends AsyncDisposable {
  readonly url: string;
  readonly received: ReceivedPost[];
  /** Status of the next answers; `silent` takes the request and never answers. */
  answer: number | 'silent';
}

export async function startHttpReceiver(): Promise<HttpReceiver> {
  const received: ReceivedPost[] = [];
  const server = createHttpServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      received.push({ headers: request.headers, body: Buffer.concat(parts).toString() });
      if (receiver.answer === 'silent') return;
      // Where a redirect leads nobody must follow.
      response.writeHead(receiver.answer, { location: '/elsewhere' }).end('x'.repeat(100));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const receiver: HttpReceiver = {
    url: `http://127.0.0.1:${port}/hooks/secret-path`,
    received,
    answer: 200,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
    },
  };
  return receiver;
}

/** A mail server of the test: as much of SMTP as a client needs, without TLS. */
export interface MailReceiver extends AsyncDisposable {
  readonly port: number;
  /** Mails with their dots as they were sent. */
  readonly mails: string[];
  /** Commands in the order in which they came. */
  readonly commands: string[];
  /** What goes wrong: it refuses each recipient, or says nothing at all. */
  fault: 'none' | 'refuses' | 'silent';
}

export async function startMailReceiver(host = '127.0.0.1'): Promise<MailReceiver> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    if (receiver.fault !== 'silent') converse(socket, receiver);
  });
  server.listen(0, host);
  await once(server, 'listening');
  const receiver: MailReceiver = {
    port: (server.address() as AddressInfo).port,
    mails: [],
    commands: [],
    fault: 'none',
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
  return receiver;
}

function converse(socket: Socket, { mails, commands, fault }: MailReceiver): void {
  let text = '';
  let inMail = false;
  const say = (line: string) => socket.write(`${line}\r\n`);
  say('220 test');
  socket.on('data', (bytes) => {
    text += String(bytes);
    for (;;) {
      const end = text.indexOf(inMail ? '\r\n.\r\n' : '\r\n');
      if (end === -1) return;
      const line = text.slice(0, end);
      text = text.slice(end + (inMail ? 5 : 2));
      if (inMail) {
        mails.push(line);
        inMail = false;
        say('250 taken');
        continue;
      }
      commands.push(line);
      if (/^RCPT/i.test(line) && fault === 'refuses') say('550 nobody here');
      else if (/^DATA/i.test(line)) {
        inMail = true;
        say('354 go on');
      } else if (/^EHLO/i.test(line)) say('250 test');
      else if (/^STARTTLS/i.test(line)) say('502 not here');
      else if (/^QUIT/i.test(line)) socket.end('221 bye\r\n');
      else say('250 ok');
    }
  });
}
