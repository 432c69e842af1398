import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { predictionListSchema } from '@daytrade/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { figure } from '../support/figure.ts';
import { freePorts } from '../support/installation.ts';
import { RunningProcess, repositoryRoot, stopEverything } from '../support/running-process.ts';
import { baseImage } from './base-image.ts';
import { buildah, missingForBuilding, output, storage } from './buildah.ts';

const missing = missingForBuilding();
const image = 'localhost/day-trade:0.1.0';
const readme = readFileSync(join(repositoryRoot, 'infrastructure/docker/README.md'), 'utf8');
const name = 'the Dockerfile, by buildah';

describe.skipIf(missing !== undefined)(missing === undefined ? name : `${name} (skipped: ${missing})`, () => {
  let container = '';
  let root = '';

  beforeAll(async () => {
    const base = await baseImage();
    const started = performance.now();
    // What the README says, with what it says to say instead of `docker build`.
    const command = documentedBuild().replace('docker build', `buildah ${storage.join(' ')} bud --format docker`);
    await output('bash', ['-ceu', command.replace(/ \.$/, ` --build-arg NODE_IMAGE=${base} .`)]);
    figure('docker: build from a base image', (performance.now() - started) / 1000, 's');
    container = await buildah('from', image);
    root = await buildah('mount', container);
    figure('docker: size of the image', Number.parseInt(await output('du', ['-sm', root]), 10), 'MB');
  });

  afterAll(async () => {
    await stopEverything();
    if (container !== '') await buildah('rm', container);
    // Those of earlier runs, which have lost their name to this one's.
    await buildah('rmi', '--prune');
  });

  it('has no shell, no package manager, and nothing its user may write but /tmp and the state folder', async () => {
    for (const program of ['sh', 'bash', 'npm', 'apt-get', 'dpkg']) {
      expect(await output('find', [root, '-name', program, '-path', '*bin/*']), program).toBe('');
    }
    const writable = await output('find', [root, ...'( -perm -o=w -o -uid 10001 ) -not -type l'.split(' ')]);
    expect(writable.split('\n').map((path) => path.slice(root.length))).toEqual(
      expect.arrayContaining(['/tmp', '/var/lib/day-trade']),
    );
    expect(writable.split('\n')).toHaveLength(2);
    expect(await output('find', [root, '-perm', '/6000'])).toBe('');
  });

  it('runs the whole platform as its own user, without a capability, and exits 0 after SIGTERM', async () => {
    mkdirSync(join(root, 'user/features'), { recursive: true });
    const feature = "export default { summary: 'range', values: ({ high, low }) => high.map((h, t) => h - low[t]) };";
    writeFileSync(join(root, 'user/features/range.ts'), feature);
    const platform = inContainer(['up', '--json']);
    const addresses = upSchema.parse(JSON.parse((await platform.until('stdout', /^\{.*\}$/m))[0]));
    figure('docker: start of the platform to predictions', platform.seconds, 's');
    const ask = (path: string, headers: Record<string, string>) =>
      fetch(addresses.ml.replace('0.0.0.0', '127.0.0.1') + path, { headers });
    expect((await ask('/v1/predictions/latest', {})).status).toBe(401);
    const answer = await ask('/v1/predictions/latest', { authorization: `Bearer ${token}` });
    expect(predictionListSchema.parse(await answer.json()).predictions.length).toBeGreaterThan(0);
    const listed = await (await ask('/v1/backtests/strategies', { authorization: `Bearer ${token}` })).json();
    expect(listed, 'runs files of the user').toMatchObject({ others: [{ summary: 'range', fault: null }] });
    const { processId, user } = await processOf(platform.pid);
    expect(user).toBe(10_001);
    process.kill(processId, 'SIGTERM');
    expect(await platform.finished).toMatchObject({ exitCode: 0 });
  });

  /** Starts the image's program by runc, on the network of this machine. */
  function inContainer(args: readonly string[]): RunningProcess {
    const isolation = ['--isolation', 'oci', '--network', 'host', '--user', '10001:10001', '--cap-drop', 'all'];
    const settings = Object.entries({ ...freePorts, DAYTRADE_TOKEN: token, DAYTRADE_USER_FOLDER: '/user' }).map(
      ([key, value]) => `--env=${key}=${value}`,
    );
    const entry = ['/usr/local/bin/node', '/app/bundle/main.mjs'];
    const words = ['run', ...isolation, ...settings, container, '--', ...entry, ...args];
    return new RunningProcess('buildah', [...storage, ...words], {});
  }
});

const token = randomBytes(24).toString('hex');
const upSchema = z.object({ ml: z.string() });

/** The image's own process among the descendants of another. */
async function processOf(ancestor: number): Promise<{ readonly processId: number; readonly user: number }> {
  const rows = (await output('ps', ['-eo', 'pid=,ppid=,uid=,args=']))
    .split('\n')
    .map((line) => line.trim().split(/\s+/));
  const family = new Set([String(ancestor)]);
  for (let known = 0; known < family.size; ) {
    known = family.size;
    for (const [id = '', parent = ''] of rows) if (family.has(parent)) family.add(id);
  }
  const own = rows.find(([id = '', , , program]) => family.has(id) && program === '/usr/local/bin/node');
  if (own === undefined) throw new Error('no process of the image runs');
  return { processId: Number(own[0]), user: Number(own[2]) };
}

function documentedBuild(): string {
  const lines = /^ {4}docker build(?:.*\\\n)*.*$/m.exec(readme)?.[0];
  if (lines === undefined) throw new Error('the README has no command that builds the image');
  return lines.replace(/\\\n\s*/g, '').trim();
}
