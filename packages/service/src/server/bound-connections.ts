import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Bounds the open connections of a server. Beyond the bound one without a request under way is closed: the oldest of
 * the address with the most connections. A new connection is closed only where every other one has a request.
 */
export function boundConnections(server: Server, most: number, hasRequest: (socket: Socket) => boolean): void {
  /** By address, then by port, the oldest first. */
  const open = new Map<string, Map<number, Socket>>();
  let count = 0;

  const forget = (address: string, port: number, socket: Socket) => {
    const ofAddress = open.get(address);
    // Another one has its place after the handshake of TLS, or after it was told to close.
    if (ofAddress?.get(port) !== socket) return;
    count -= 1;
    ofAddress.delete(port);
    if (ofAddress.size === 0) open.delete(address);
  };

  const closeOne = () => {
    const busiestFirst = [...open].sort(([, one], [, other]) => other.size - one.size);
    for (const [address, sockets] of busiestFirst) {
      for (const [port, socket] of sockets) {
        if (hasRequest(socket)) continue;
        forget(address, port, socket);
        socket.destroy();
        return;
      }
    }
  };

  const add = (socket: Socket) => {
    const { remoteAddress: address, remotePort: port } = socket;
    // The caller is gone already.
    if (address === undefined || port === undefined) return;
    const ofAddress = open.get(address) ?? new Map<number, Socket>();
    open.set(address, ofAddress);
    if (!ofAddress.has(port)) count += 1;
    ofAddress.set(port, socket);
    socket.once('close', () => forget(address, port, socket));
    if (count > most) closeOne();
  };

  server.on('connection', add);
  // The same connection after its handshake: requests name this socket.
  server.on('secureConnection', add);
}
