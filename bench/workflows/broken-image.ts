/** A module that has every process answer that it is not ready. */
const module = `import http from 'node:http';
const emit = http.Server.prototype.emit;
http.Server.prototype.emit = function (name, request, response) {
  if (name !== 'request' || request.url !== '/readyz') return emit.apply(this, arguments);
  response.writeHead(503).end();
  return true;
};`;

const entry = 'ENTRYPOINT ["/usr/local/bin/node", ';

/**
 * The Dockerfile of an image whose processes live and never get ready.
 *
 * @throws Error when it does not begin with node
 */
export function neverReady(dockerfile: string): string {
  if (!dockerfile.includes(entry)) throw new Error('the Dockerfile has another entry point');
  const loaded = `data:text/javascript,${encodeURIComponent(module)}`;
  return dockerfile.replace(entry, `${entry}"--import", "${loaded}", `);
}
