import { execFileSync } from 'node:child_process';
import { existsSync, globSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePorts } from '../support/installation.ts';
import { RunningProcess, repositoryRoot, stopEverything, temporaryFolder } from '../support/running-process.ts';

const isClone = existsSync(join(repositoryRoot, '.git'));
const folder = temporaryFolder('archive');
const home = temporaryFolder('home');
// Neither Node.js nor npm: the shell and its programs alone.
const environment = { ...freePorts, HOME: home, XDG_DATA_HOME: '', PATH: '/usr/bin:/bin' };

afterAll(stopEverything);

describe.skipIf(!isClone)(`an archive${isClone ? '' : ' (skipped: this folder is not a git clone)'}`, () => {
  let archive: string;
  let program: string;

  beforeAll(() => {
    const write = join(repositoryRoot, 'infrastructure', 'archive', 'write-archive.ts');
    execFileSync(process.execPath, [write, '--output', folder], { stdio: 'pipe' });
    [archive = ''] = globSync('*.tar.gz', { cwd: folder });
    execFileSync('tar', ['--extract', '--file', archive], { cwd: folder });
    [program = ''] = globSync('*/daytrade', { cwd: folder });
  });

  const daytrade = (...args: string[]) => new RunningProcess(join(folder, program), args, { folder, environment });

  it('is named after version, system and processor, comes with its hash, and unpacks to a folder of its own', () => {
    expect(archive).toMatch(
      new RegExp(`^day-trade-\\d+\\.\\d+\\.\\d+-${process.platform}-${process.arch}\\.tar\\.gz$`),
    );
    execFileSync('sha256sum', ['--check', `${archive}.sha256`], { cwd: folder, stdio: 'pipe' });
    expect(program).toBe(`${basename(archive).split('-').slice(0, 3).join('-')}/daytrade`);
  });

  it('has the times and owners of its commit, not of the machine', () => {
    const args = ['--list', '--verbose', '--numeric-owner', '--full-time', '--file', archive];
    const lines = execFileSync('tar', args, { cwd: folder, encoding: 'utf8', maxBuffer: 64e6 }).trimEnd().split('\n');
    expect(lines.length).toBeGreaterThan(1000);
    const facts = lines.map((line) => line.split(/\s+/)).map(([, owner, , day, time]) => `${owner} ${day} ${time}`);
    expect(new Set(facts).size).toBe(1);
    expect(facts[0]).toMatch(/^0\/0 /);
  });

  it('runs where there is neither Node.js nor npm', async () => {
    const { exitCode, stdout, stderr } = await daytrade('--version').finished;
    expect(exitCode, stderr).toBe(0);
    expect(`day-trade-${stdout.trim()}/daytrade`).toBe(program);
  });

  it('serves the page, and keeps its state where the next version finds it', async () => {
    const up = daytrade('up', '--no-synthetic');
    const [page] = await up.until('stdout', /http:\/\/\S+/);
    const answer = await fetch(page);
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain('<title>');
    up.pressCtrlC();
    expect((await up.finished).exitCode).toBe(0);
    expect(existsSync(join(home, '.local', 'share', 'day-trade', '.day-trade', 'bars'))).toBe(true);
  });
});
