import { createServer, type IncomingMessage, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { isRegistry } from './registries.ts';

/** Hosts that a build asks, beside what it finds on this machine. */
const packages = 'registry.npmjs.org';

/**
 * The HTTPS proxy of the workflow's programs. Names of the clouds' registries lead to a port of this machine, those of
 * npm's packages to where they are, and all others to a proxy that simulates a cloud, or nowhere.
 */
export class WayOut implements Disposable {
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  /**
   * @param registries port where registries answer
   * @param cloud port of the proxy that simulates a cloud, where one is simulated that way
   */
  static async open(registries: number, cloud?: number): Promise<WayOut> {
    const server = createServer((_, answer) => answer.writeHead(403).end());
    server.on('connect', (asked: IncomingMessage, outer: Socket) => {
      const [host = '', port = '443'] = (asked.url ?? '').split(':');
      const open = 'HTTP/1.1 200 Connection established\r\n\r\n';
      if (isRegistry(host)) join(outer, connect(registries, '127.0.0.1'), open);
      else if (host === packages) join(outer, connect(Number(port), host), open);
      else if (cloud === undefined) outer.end('HTTP/1.1 403 Forbidden\r\n\r\n');
      else join(outer, connect(cloud, '127.0.0.1'), '', `CONNECT ${asked.url} HTTP/1.1\r\nHost: ${asked.url}\r\n\r\n`);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new WayOut(server);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  [Symbol.dispose](): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}

/** Lets two ends talk, once the inner one is there. */
function join(outer: Socket, inner: Socket, toOuter: string, toInner = ''): void {
  inner.once('connect', () => {
    outer.write(toOuter);
    inner.write(toInner);
    outer.pipe(inner).pipe(outer);
  });
  outer.on('error', () => inner.destroy()).on('close', () => inner.destroy());
  inner.on('error', () => outer.destroy()).on('close', () => outer.destroy());
}
