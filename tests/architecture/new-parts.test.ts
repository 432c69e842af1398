import { execFile } from 'node:child_process';
import { cpSync, globSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { repositoryRoot, stopEverything, temporaryFolder } from '../support/running-process.ts';

const run = promisify(execFile);
const parts = ['packages', 'services', 'apps'];
afterAll(stopEverything);

/** Copies the sources, which find each other, and everything else among the installed packages. */
function copyOfSources(): string {
  const root = temporaryFolder('new-parts');
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

describe('a new part of the platform', { tags: ['long'] }, () => {
  let root: string;
  beforeAll(() => {
    root = copyOfSources();
  });

  const addFile = (file: string, source: string) => {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), source);
  };
  const addLine = (file: string, before: string, line: string) => {
    const text = readFileSync(join(root, file), 'utf8');
    expect(text, file).toContain(before);
    writeFileSync(join(root, file), text.replace(before, `${line}${before}`));
  };
  const node = async (...args: readonly string[]) => {
    const environment = { DAYTRADE_STATE_DIR: join(root, 'state'), DAYTRADE_SETTINGS_FILE: '/dev/null' };
    const options = { env: { ...process.env, ...environment }, cwd: root };
    return (await run(process.execPath, ['--disable-warning=ExperimentalWarning', ...args], options)).stdout;
  };
  const daytrade = (...args: readonly string[]) => node(join(root, 'apps/cli/src/main.ts'), ...args);

  it('is a provider by its file, that of the guide, and a line', async () => {
    const guide = readFileSync(join(repositoryRoot, 'docs', 'CONTRIBUTING.md'), 'utf8');
    const [, source = ''] = /### To add a provider.*?```ts\n(.*?)```/s.exec(guide) ?? [];
    addFile('packages/market-data/src/providers/example/example.ts', source);
    const list = 'packages/market-data/src/providers/providers.ts';
    addLine(list, 'jquants, kabuStation', 'example, ');
    addLine(list, 'import { jquants }', "import { example } from './example/example.ts';\n");
    const fetched: unknown = JSON.parse(await daytrade('fetch', 'example', '--symbols', '7203,6758', '--json'));
    expect(fetched).toMatchObject({ provider: 'example', symbols: 2, barsAdded: 2 });
    const listed: unknown = JSON.parse(await daytrade('symbols', 'list', '--json'));
    expect(listed).toMatchObject({ symbols: [{ symbol: '6758' }, { symbol: '7203' }] });
  });

  it('is a strategy of the platform by its file and a line', async () => {
    const strategies = 'packages/trading/src/strategies';
    const text = readFileSync(join(root, strategies, 'always-long.ts'), 'utf8');
    addFile(`${strategies}/example.ts`, text.replace('alwaysLong', 'example').replace('always-long', 'example'));
    addLine(`${strategies}/catalogue.ts`, '  ranking,', '  example,\n');
    addLine(`${strategies}/catalogue.ts`, 'import { ranking }', "import { example } from './example.ts';\n");
    expect(await daytrade('backtest', '--help')).toContain('example buys the most traded symbols');
  });

  it('is a feature by its line', async () => {
    const range = "  feature('range_of_day', 0, '(high - low) / close', high.minus(low).over(close)),\n";
    addLine('packages/series/src/features/volatility.ts', '  ...[5, 10, 20, 60].map', range);
    const names = "import { featureNames } from '@daytrade/series'; console.log(featureNames.join(' '))";
    expect(await node('--input-type=module', '--eval', names)).toContain('range_of_day');
  });

  it('is a command by its file and a line', async () => {
    addFile(
      'apps/cli/src/commands/example.ts',
      `export const exampleCommand = {
  usage: 'example',
  summary: 'greet',
  description: 'Greets its caller.',
  examples: ['daytrade example'],
  run: async ({ terminal }) => void terminal.stdout.write('good morning\\n'),
};
`,
    );
    addLine(
      'apps/cli/src/program.ts',
      '  setup: async',
      "  example: async () => (await import('./commands/example.ts')).exampleCommand,\n",
    );
    expect(await daytrade('example')).toBe('good morning\n');
  });
});
