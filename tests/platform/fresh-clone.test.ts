import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { predictionListSchema } from '@daytrade/contracts';
import { afterAll, describe, expect, it } from 'vitest';
import { figure } from '../support/figure.ts';
import { freePorts } from '../support/installation.ts';
import { RunningProcess, repositoryRoot, stopEverything, temporaryFolder } from '../support/running-process.ts';
import { slowdown } from '../support/slowdown.ts';

/** The promises of the README, with the packages' download, on a machine that does nothing else. */
const firstStartSeconds = 180;
const secondStartSeconds = 10;

/** A start that reached its ready line, after seconds of which each was so much of a processor's. */
interface Started {
  readonly process: RunningProcess;
  readonly page: string;
  readonly seconds: number;
  readonly slowdown: number;
}

const isClone = existsSync(join(repositoryRoot, '.git'));

afterAll(stopEverything);

describe.skipIf(!isClone)(`a fresh clone${isClone ? '' : ' (skipped: this folder is not a git clone)'}`, () => {
  const clone = join(temporaryFolder('clone'), 'day-trade');
  // Nothing of this machine's: neither npm's cache nor settings of git.
  const home = temporaryFolder('home');
  const environment = { ...freePorts, HOME: home, XDG_CACHE_HOME: join(home, '.cache') };

  it('is what is committed', () => {
    git(['clone', '--quiet', repositoryRoot, clone], repositoryRoot);
    const uncommitted = git(['status', '--porcelain'], repositoryRoot).split('\n').filter(Boolean);
    if (uncommitted.length > 0) {
      console.log(`note: the clone is of HEAD, without the ${uncommitted.length} uncommitted changes of the work tree`);
    }
    expect(existsSync(join(clone, 'package.json'))).toBe(true);
    expect(existsSync(join(clone, 'node_modules'))).toBe(false);
  });

  it(`is ready, with a page of synthetic predictions, within ${firstStartSeconds} s of \`npm start\``, async () => {
    const started = await npmStart();
    expect(await publishedOn(started.page)).toBeGreaterThanOrEqual(10);
    report('first start', started);
    await stop(started.process);
    expect(started.seconds / started.slowdown).toBeLessThanOrEqual(firstStartSeconds);
  });

  it(`starts a second time in at most ${secondStartSeconds} s, with the same predictions there`, async () => {
    const started = await npmStart();
    expect(await publishedOn(started.page)).toBeGreaterThanOrEqual(10);
    report('second start', started);
    await stop(started.process);
    expect(started.seconds / started.slowdown).toBeLessThanOrEqual(secondStartSeconds);
  });

  async function npmStart(): Promise<Started> {
    const before = slowdown();
    const process = new RunningProcess('npm', ['start'], { folder: clone, environment });
    const [, page] = await process.until('stdout', /day-trade is ready after .*: (http:\S+)/);
    const { seconds } = process;
    return { process, page: page as string, seconds, slowdown: (before + slowdown()) / 2 };
  }
});

/** How many predictions the page shows; each must say that it is synthetic. */
async function publishedOn(page: string): Promise<number> {
  const html = await fetch(page);
  expect(html.status).toBe(200);
  expect(html.headers.get('content-type')).toContain('text/html');
  const answer = await fetch(new URL('/api/ml/v1/predictions/latest', page));
  const { predictions } = predictionListSchema.parse(await answer.json());
  expect(predictions.filter((prediction) => !prediction.synthetic)).toEqual([]);
  return predictions.length;
}

/** The time to the ready line, and where it went: the lines that the launcher and the command print. */
function report(what: string, { process, seconds, slowdown }: Started): void {
  figure(what, seconds, 's');
  figure(`${what}: seconds that one of a processor took`, slowdown);
  const steps = process.stderr.split('\n').filter((line) => /^ {2}\S.* {2}\S+.* s$|installed in/.test(line));
  for (const step of steps) console.log(`  ${what}: ${step.trim().replaceAll(/ {2,}/g, '  ')}`);
}

async function stop(process: RunningProcess): Promise<void> {
  process.pressCtrlC();
  await process.finished;
}

function git(args: readonly string[], folder: string): string {
  const { status, stdout, stderr } = spawnSync('git', [...args], { cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(`git ${args.join(' ')} failed: ${stderr}`);
  return stdout;
}
