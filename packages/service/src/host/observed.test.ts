import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

/** Closes a part that traces into Application Insights in a process of its own, to which Entra gives no token. */
const program = `
  import { createServer } from 'node:http';
  const [observedAt, tracerAt] = process.argv.slice(1);
  const { observed } = await import(observedAt);
  const { tracer } = await import(tracerAt);
  const entra = createServer((_, answer) => answer.writeHead(400).end('{}'));
  await new Promise((resolve) => entra.listen(0, '127.0.0.1', resolve));
  process.env.IDENTITY_ENDPOINT = 'http://127.0.0.1:' + entra.address().port;
  process.env.IDENTITY_HEADER = 'mine';
  const settings = {
    DAYTRADE_TRACES_SHARE: 1,
    DAYTRADE_TRACES_APPLICATION_INSIGHTS:
      'InstrumentationKey=0f0f0f0f-1111-2222-3333-444444444444;IngestionEndpoint=http://127.0.0.1:9',
  };
  const opening = new AsyncDisposableStack();
  const part = { lifecycle: { serviceName: 'ml-service' }, addHook() {} };
  const logger = { warn: ({ reason }, message) => console.log(message, reason) };
  const context = { settings, version: '1', opening, logger, clock: { now: Date.now } };
  await observed({ environment: process.env })(async () => part)(context);
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  tracer().startSpan('GET /v1/models').end();
  await opening.disposeAsync();
  entra.close();
  console.log('closed');
  setTimeout(() => { console.log('still runs'); process.exit(); }, 10_000).unref();
`;

it('lets the process end while Entra gives no token, and says that traces are lost', {
  tags: ['long'],
  timeout: 180_000,
}, async () => {
  const modules = ['./observed.ts', '../traces/spans.ts'].map((file) => new URL(file, import.meta.url).href);
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--input-type=module',
    '--eval',
    program,
    ...modules,
  ]);
  const [lost, ...rest] = stdout.trimEnd().split('\n');
  expect(lost).toMatch(/^traces are lost Entra gives no token /);
  expect(rest).toEqual(['closed']);
});
