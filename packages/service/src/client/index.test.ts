import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';

describe('@daytrade/service/client', () => {
  it('loads no server, which takes longer to load than most commands run', { tags: ['long'] }, () => {
    expect(serversLoadedBy('@daytrade/service')).toEqual(['fastify', 'pino', 'prom-client']);
    expect(serversLoadedBy('@daytrade/service/client')).toEqual([]);
  });
});

/** Which of the libraries of a server Node.js has loaded after an import; they are all CommonJS. */
function serversLoadedBy(name: string): string[] {
  const script = `
    import { createRequire } from 'node:module';
    await import(process.argv[1]);
    const { cache } = createRequire(import.meta.url);
    const loaded = (library) => Object.keys(cache).some((file) => file.includes('/node_modules/' + library + '/'));
    console.log(JSON.stringify(['fastify', 'pino', 'prom-client'].filter(loaded)));`;
  const output = execFileSync(process.execPath, ['--input-type=module', '--eval', script, name], {
    cwd: import.meta.dirname,
    encoding: 'utf8',
  });
  return JSON.parse(output) as string[];
}
