import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runCommandLine } from './command-line.ts';
import type { Terminal } from './output/terminal.ts';
import { writeRunningFile } from './platform/running-file.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'daytrade-cli-'));
  // Also beside a platform that runs on the usual ports.
  vi.stubEnv('DAYTRADE_PORT', '0');
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

/** Runs a command line in this process on a state folder of its own. */
async function daytrade(...args: readonly string[]) {
  const written = { stdout: '', stderr: '' };
  const stream = (name: 'stdout' | 'stderr') => ({
    isTTY: false,
    write: (text: string) => {
      written[name] += text;
      return true;
    },
  });
  const terminal = { stdout: stream('stdout'), stderr: stream('stderr') } as unknown as Terminal;
  const exitCodeBefore = process.exitCode;
  process.exitCode = 0;
  try {
    await runCommandLine(['node', 'daytrade', ...args], terminal);
    return { ...written, exitCode: process.exitCode };
  } finally {
    process.exitCode = exitCodeBefore;
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

describe('a command line that is wrong', () => {
  it('gets the nearest command or option, and exit code 2', { tags: ['long'] }, async () => {
    expect(await daytrade('modls')).toMatchObject({
      exitCode: 2,
      stdout: '',
      stderr: expect.stringMatching(/unknown command 'modls'\n\(Did you mean models\?\)/),
    });
    expect((await daytrade('train', '--sed', '3')).stderr).toMatch(/unknown option '--sed'\n\(Did you mean --seed\?\)/);
  });

  it.each([
    ['paper halt', 'daytrade halt'],
    ['export', 'daytrade data export'],
    ['start', 'daytrade up'],
  ])('%s is named where it stands', { tags: ['long'] }, async (line, meant) => {
    const name = line.split(' ').at(-1);
    expect((await daytrade(...line.split(' '))).stderr).toBe(
      `error: unknown command '${name}'\n(Did you mean ${meant}?)\n`,
    );
  });

  it('says how to set a setting that was given as an option', async () => {
    expect((await daytrade('up', '--port', '9000')).stderr).toBe(
      "error: unknown option '--port'\n(it is a setting: DAYTRADE_PORT=... daytrade up)\n",
    );
  });

  it('shows where the words stand that were given as an option', async () => {
    expect(await daytrade('predict', '--symbols', '9999')).toMatchObject({
      exitCode: 2,
      stderr: expect.stringMatching(
        /unknown option '--symbols'\n\(give symbols without an option: daytrade predict 7203 /,
      ),
    });
  });

  it('shows by an example which word is missing', async () => {
    const { exitCode, stderr } = await daytrade('models', 'show');
    expect([exitCode, stderr]).toEqual([
      2,
      expect.stringContaining('\n(give version without an option: daytrade models'),
    ]);
  });

  it('is reported as JSON alone with --json', async () => {
    const { exitCode, stdout, stderr } = await daytrade('models', 'show', '--json');
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(JSON.parse(stderr)).toMatchObject({
      error: { code: 'input.invalid', message: "missing required argument 'version'" },
    });
  });

  it('is refused before anything is opened', async () => {
    const missing = join(folder, 'never-made');
    const { exitCode, stderr } = await daytrade('evaluate', '--sessions', 'ten', '--state-dir', missing);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('--sessions: expected a whole number from 60 to 5000, got "ten"');
    expect(() => rmSync(missing)).toThrow(/ENOENT/);
  });
});

describe('--help and --version', () => {
  it('go to standard output with exit code 0', async () => {
    for (const args of [['--help'], ['train', '--help'], ['models', 'list', '--help'], ['--version']]) {
      const { exitCode, stdout, stderr } = await daytrade(...args);
      expect([exitCode, stderr], args.join(' ')).toEqual([0, '']);
      expect(stdout, args.join(' ')).toMatch(/^Usage: daytrade|^\d+\.\d+\.\d+\n$/);
    }
  });
});

describe('an empty state folder', () => {
  it('is opened by the command itself, also when a running platform has left its addresses there', {
    tags: ['long'],
  }, async () => {
    const nobody = `http://127.0.0.1:${await freePort()}`;
    const addresses = { dashboard: nobody, data: nobody, ml: nobody, scheduler: nobody };
    writeRunningFile(folder, { pid: process.pid, startedAt: '2026-11-25T01:00:00.000Z', ...addresses });
    const listed = await daytrade('symbols', 'list', '--state-dir', folder);
    expect(listed).toEqual({
      exitCode: 0,
      stdout: 'There are no bars yet: daytrade import FOLDER, or daytrade fetch\n',
      stderr: '',
    });

    const asked = await daytrade('predict', '--json', '--state-dir', folder);
    expect(asked).toMatchObject({ exitCode: 3, stdout: '' });
    expect(JSON.parse(asked.stderr)).toMatchObject({ error: { code: 'data.no-bars' } });
  });
});

describe('a state folder that cannot be made', () => {
  it('is reported with its path, exit code 5', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    const { exitCode, stderr } = await daytrade('models', 'list', '--state-dir', join(file, 'state'));
    expect(exitCode).toBe(5);
    expect(stderr).toMatch(/the state folder .*file\/state cannot be written: ENOTDIR.*\n.*\[state\.unwritable\]/);
  });

  it('is found by doctor, which names what is in the way', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    const { exitCode, stdout } = await daytrade('doctor', '--json', '--state-dir', join(file, 'state'));
    expect(exitCode).toBe(5);
    const { settings, checks } = JSON.parse(stdout) as Record<'settings' | 'checks', { name: string }[]>;
    expect(checks).toContainEqual({
      name: 'state folder',
      ok: false,
      message: `${file} is not a folder; set DAYTRADE_STATE_DIR`,
    });
    expect(settings).toContainEqual(expect.objectContaining({ name: 'DAYTRADE_STATE_DIR', source: '--state-dir' }));
  });

  it('that is not there yet is fine for doctor, which makes nothing', async () => {
    const deep = join(folder, 'not', 'there', 'yet');
    const { exitCode, stdout } = await daytrade('doctor', '--state-dir', deep);
    expect(exitCode).toBe(0);
    expect(stdout).toContain(`${deep} (will be created)`);
    expect(() => rmSync(join(folder, 'not'))).toThrow(/ENOENT/);
  });
});

describe('a settings file', () => {
  const named = (text: string) => {
    const file = join(folder, 'day-trade.toml');
    writeFileSync(file, text);
    vi.stubEnv('DAYTRADE_SETTINGS_FILE', file);
    return file;
  };
  afterEach(() => vi.unstubAllEnvs());

  it('is shown by doctor with the line of each value, and what the environment has instead', async () => {
    const file = named('[jquants]\nplan = "light"\nurl = "http://127.0.0.1:9"\n');
    vi.stubEnv('DAYTRADE_JQUANTS_URL', 'http://127.0.0.1:10');
    vi.stubEnv('DAYTRADE_JQUANTS_API_KEY', 'a-key-of-j-quants');
    const { stdout } = await daytrade('doctor', '--json', '--state-dir', folder);
    const { settings, settingsFile } = JSON.parse(stdout) as { settings: object[]; settingsFile: string };
    expect(settingsFile).toBe(file);
    expect(settings).toContainEqual(
      expect.objectContaining({ key: 'jquants.plan', value: 'light', source: 'file', file, line: 2 }),
    );
    expect(settings).toContainEqual(
      expect.objectContaining({ key: 'jquants.url', value: 'http://127.0.0.1:10', source: 'environment' }),
    );
    expect(settings).toContainEqual(expect.objectContaining({ key: 'jquants.api_key', value: '(hidden)' }));
    const words = await daytrade('doctor', '--state-dir', folder);
    expect(words.stdout).toMatch(/DAYTRADE_JQUANTS_PLAN.*light.*day-trade\.toml line 2/);
    expect(words.stdout).toContain(`settings file: ${file}`);
  });

  it('may name the file of a key, which doctor looks into', async () => {
    const key = join(folder, 'key');
    named(`[jquants]\napi_key_file = "key"\n`);
    const found = async () => {
      const { stdout, exitCode } = await daytrade('doctor', '--json', '--state-dir', folder);
      const { checks } = JSON.parse(stdout) as { checks: { name: string; ok: boolean; message: string }[] };
      return { exitCode, ...checks.find(({ name }) => name === 'key of J-Quants') };
    };
    expect(await found()).toMatchObject({ exitCode: 5, ok: false, message: `${key} cannot be read (ENOENT)` });
    writeFileSync(key, 'two words\n', { mode: 0o600 });
    const other = await found();
    expect(other).toMatchObject({ exitCode: 5, ok: false, message: expect.stringContaining('something else in it') });
    expect(JSON.stringify(other)).not.toContain('two words');
    writeFileSync(key, 'a-key-of-j-quants\n');
    expect(await found()).toMatchObject({ exitCode: 0, ok: true, message: key });
    chmodSync(key, 0o644);
    expect(await found()).toMatchObject({
      exitCode: 0,
      ok: true,
      message: `${key}, which others can read: chmod 600 ${key}`,
    });
  });

  it('with a slip keeps a command from running, exit code 2', async () => {
    const file = named('[jquants]\nplam = "light"\n');
    const { exitCode, stderr } = await daytrade('symbols', 'list', '--state-dir', folder);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`error: ${file} line 2: jquants.plam: there is no such setting; docs/settings.md lists`);
  });
});
