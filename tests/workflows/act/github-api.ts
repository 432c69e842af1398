import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The one question that a deployment asks GitHub: which rules an environment has. Others are not found. */
export class GitHubApi {
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  /** @param environments rules by the name of the environment */
  static async start(environments: Readonly<Record<string, readonly string[]>>): Promise<GitHubApi> {
    const server = createServer((request, response) => {
      const rules = environments[request.url?.split('/environments/')[1] ?? ''];
      const body = rules && { protection_rules: rules.map((type) => ({ type })) };
      response.writeHead(body ? 200 : 404, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body ?? { message: 'Not Found' }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new GitHubApi(server);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.#server.close();
  }
}
