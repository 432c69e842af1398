import { connect, createServer, type Server, type Socket } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { WayOut } from './way-out.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** A server that says its name and what it was sent first. */
async function named(name: string): Promise<number> {
  const server = createServer((socket) => {
    socket.once('data', (sent) => socket.end(`${name} heard ${String(sent).split('\r\n')[0]}`));
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as { port: number }).port;
}

/** What comes back through the proxy where somebody says hello to a host. */
async function hello(proxy: string, host: string): Promise<string> {
  const socket: Socket = connect(Number(new URL(proxy).port), '127.0.0.1');
  socket.write(`CONNECT ${host}:443 HTTP/1.1\r\nHost: ${host}:443\r\n\r\n`);
  let heard = '';
  socket.on('data', (part) => {
    if (heard === '' && String(part).startsWith('HTTP/1.1 200')) socket.write('hello');
    heard += String(part);
  });
  await new Promise((resolve) => socket.once('close', resolve));
  return heard;
}

it('names of registries lead to the one here, those of the cloud to its simulator, and others nowhere', async () => {
  const [registries, cloud] = [await named('registry'), await named('cloud')];
  using simulated = await WayOut.open(registries, cloud);
  expect(await hello(simulated.url, 'day.azurecr.io')).toContain('registry heard hello');
  expect(await hello(simulated.url, 'management.azure.com')).toContain('cloud heard CONNECT management.azure.com:443');
  using alone = await WayOut.open(registries);
  expect(await hello(alone.url, '1.dkr.ecr.ap-northeast-1.amazonaws.com')).toContain('registry heard hello');
  expect(await hello(alone.url, 'sts.amazonaws.com')).toContain('403');
});
