import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { repository } from '../harness/paths.ts';
import { neverReady } from './broken-image.ts';

it('the image that never gets ready differs by a module that is loaded first', () => {
  const dockerfile = readFileSync(join(repository, 'infrastructure', 'docker', 'Dockerfile'), 'utf8');
  const broken = neverReady(dockerfile);
  const [, words = '[]'] = /^ENTRYPOINT (.*)$/m.exec(broken) ?? [];
  const [node, option, loaded, ...others] = JSON.parse(words);
  expect([node, option, ...others]).toEqual(['/usr/local/bin/node', '--import', '/app/bundle/main.mjs']);
  expect(decodeURIComponent(loaded)).toContain("'/readyz'");
  expect(() => neverReady('FROM scratch')).toThrow('another entry point');
});
