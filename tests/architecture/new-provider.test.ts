import { execFile } from 'node:child_process';
import { cpSync, globSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, it } from 'vitest';
import { repositoryRoot, stopEverything, temporaryFolder } from '../support/running-process.ts';

const run = promisify(execFile);
const parts = ['packages', 'services', 'apps'];
afterAll(stopEverything);

/** Copies the sources, which find each other, and everything else among the installed packages. */
function copyOfSources(): string {
  const root = temporaryFolder('new-provider');
  const isWanted = (path: string) => !/\/(node_modules|oracles|kernel\/build)(\/|$)|\.test\.ts$/.test(path);
  for (const part of parts) cpSync(join(repositoryRoot, part), join(root, part), { recursive: true, filter: isWanted });
  cpSync(join(repositoryRoot, 'package.json'), join(root, 'package.json'));
  const installed = join(repositoryRoot, 'node_modules');
  mkdirSync(join(root, 'node_modules', '@daytrade'), { recursive: true });
  for (const name of readdirSync(installed)) {
    if (name !== '@daytrade') symlinkSync(join(installed, name), join(root, 'node_modules', name));
  }
  for (const manifest of globSync('{packages,services,apps}/*/package.json', { cwd: root })) {
    const { name } = JSON.parse(readFileSync(join(root, manifest), 'utf8')) as { readonly name: string };
    symlinkSync(join(root, dirname(manifest)), join(root, 'node_modules', name));
  }
  return root;
}

function addLine(file: string, before: string, line: string): void {
  const text = readFileSync(file, 'utf8');
  expect(text, file).toContain(before);
  writeFileSync(file, text.replace(before, `${line}${before}`));
}

it('adds the provider of the guide by its file and a line in the list, and fetches from it', {
  tags: ['long'],
}, async () => {
  const root = copyOfSources();
  const guide = readFileSync(join(repositoryRoot, 'docs', 'CONTRIBUTING.md'), 'utf8');
  const [, source = ''] = /### To add a provider.*?```ts\n(.*?)```/s.exec(guide) ?? [];
  const folder = join(root, 'packages/market-data/src/providers/example');
  mkdirSync(folder);
  writeFileSync(join(folder, 'example.ts'), source);
  const list = join(root, 'packages/market-data/src/providers/providers.ts');
  addLine(list, 'jquants, synthetic', 'example, ');
  addLine(list, 'import { jquants }', "import { example } from './example/example.ts';\n");
  const daytrade = async (...args: readonly string[]) => {
    const environment = { DAYTRADE_STATE_DIR: join(root, 'state'), DAYTRADE_SETTINGS_FILE: '/dev/null' };
    const command = ['--disable-warning=ExperimentalWarning', join(root, 'apps/cli/src/main.ts'), ...args, '--json'];
    const { stdout } = await run(process.execPath, command, { env: { ...process.env, ...environment }, cwd: root });
    return JSON.parse(stdout) as object;
  };
  expect(await daytrade('fetch', 'example', '--symbols', '7203,6758')).toMatchObject({
    provider: 'example',
    symbols: 2,
    barsAdded: 2,
  });
  expect(await daytrade('symbols', 'list')).toMatchObject({ symbols: [{ symbol: '6758' }, { symbol: '7203' }] });
});
