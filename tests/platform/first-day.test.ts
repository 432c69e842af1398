import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { predictionListSchema, symbolListSchema } from '@daytrade/contracts';
import { addSessions, dayNumber, lastClosedSession, type TradeDate } from '@daytrade/market';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumPath, installChromium } from '../support/chromium.ts';
import { figure } from '../support/figure.ts';
import { freePorts } from '../support/installation.ts';
import { readmeCommands } from '../support/readme-commands.ts';
import {
  type Finished,
  RunningProcess,
  repositoryRoot,
  stopEverything,
  temporaryFolder,
} from '../support/running-process.ts';
import { writeBars } from './made-bars.ts';

const skipped = installChromium();

const real = ['7203', '6758', '8306', '9984', '7974', '9433'];
const newest = lastClosedSession(Date.now());
/** Where the bars end: today's newest session, and what a reader may come with. */
const ends = { year: addSessions(newest, -245), yesterday: newest } as const;
/** Enough for a training on those that end a year ago, and few, since what is looked at is what is said of them. */
const from = addSessions(ends.year, -420);

// Those in between need a session that goes on, values of an index, a key of J-Quants, and minutes.
const blocks = [...readmeCommands('README.md'), ...readmeCommands('docs/guide.md')];
const [starts = [], imports = [], removal = [], everyDay = []] = blocks;
const asking = blocks.find(([first]) => first?.startsWith('curl')) ?? [];

/** The promises of the README, with the packages' download, on a machine that does nothing else. */
const firstStartSeconds = 180;
const secondStartSeconds = 10;

const isClone = existsSync(join(repositoryRoot, '.git'));
const clone = join(temporaryFolder('clone'), 'day-trade');
// Nothing of this machine's: neither npm's cache nor settings of git.
const home = temporaryFolder('home');
const environment = {
  ...freePorts,
  HOME: home,
  XDG_CACHE_HOME: join(home, '.cache'),
  DAYTRADE_SCHEDULER_ENABLED: 'false',
};
let up: RunningProcess;
let page: string;

afterAll(stopEverything);

// One story, as in README and guide: a clone, the demo, bars of one's own over it, and newer ones on the days after.
describe.skipIf(!isClone)(`a fresh clone${isClone ? '' : ' (skipped: this folder is not a git clone)'}`, () => {
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
    const seconds = await start('first start');
    const html = await fetch(page);
    expect(html.status).toBe(200);
    expect(html.headers.get('content-type')).toContain('text/html');
    const answer = await fetch(new URL('/api/ml/v1/predictions/latest', page));
    const { predictions } = predictionListSchema.parse(await answer.json());
    expect(predictions.length).toBeGreaterThanOrEqual(10);
    expect(predictions.filter(({ synthetic }) => !synthetic)).toEqual([]);
    expect(seconds).toBeLessThanOrEqual(firstStartSeconds);
  });
});

describe.skipIf(!isClone || skipped)(`the first day on it, by the commands of README and guide${skipped}`, () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox'] });
  });
  afterAll(() => browser?.close());

  it('the README and the guide have the commands that this walks', () => {
    expect(starts[0]).toBe('npm start');
    expect(imports.map((line) => line.split(' ')[1])).toContain('import');
    expect(removal).toHaveLength(1);
    expect(everyDay[0]).toContain('data-update');
    expect(asking[0]).toContain('curl');
  });

  it('npm start shows the demo, and says that it is one', async () => {
    const today = await open('today');
    expect(await rows(today)).toHaveLength(40);
    expect(await today.locator('.synthetic-banner').count()).toBe(1);
  });

  it('bars that end a year ago are imported, trained on and predicted through it', async () => {
    writeBars(join(clone, 'bars'), { symbols: real, from, to: ends.year });
    for (const line of imports) expect(await run(line), line).toMatchObject({ exitCode: 0 });
    await saysWhatIsThere('year');
  });

  it('the age is said on the command line, with it stopped as well', async () => {
    await stop();
    const predict = await run(imports.find((line) => line.includes(' predict'))!);
    expect(predict.exitCode).toBe(0);
    expect(predict.stderr).toContain(`bars end ${ends.year}, 245 sessions (${daysAgo(ends.year)} days) before`);
    expect(predict.stdout).toContain('(session over)');
    const listed = `${real.length} symbols in use: bars end ${ends.year}, 245`;
    expect((await run('./daytrade symbols list')).stdout).toContain(listed);
  });

  it(`a second start takes at most ${secondStartSeconds} s, and says the same`, async () => {
    expect(await start('second start')).toBeLessThanOrEqual(secondStartSeconds);
    await saysWhatIsThere('year');
  });

  it('newer files in the same folder are read by an update', async () => {
    writeBars(join(clone, 'bars'), { symbols: real, from, to: newest });
    for (const line of everyDay) {
      const said = await run(line);
      expect(said.exitCode, line).toBe(0);
      expect(said.stderr).not.toContain('bars end');
    }
    await saysWhatIsThere('yesterday');
  });

  it('the API is asked as the guide shows it', async () => {
    const { ml } = addresses();
    const answer = await run(asking[0]!.replace('http://127.0.0.1:8000', ml!).replace('curl', 'curl --silent'));
    const { predictions, sessionOver } = predictionListSchema.parse(JSON.parse(answer.stdout));
    expect(predictions.map(({ symbol }) => symbol)).toEqual(real.toSorted());
    expect(sessionOver).toBe(false);
  });

  it('the demo is removed for good', async () => {
    expect(await run(removal[0]!)).toMatchObject({ exitCode: 0 });
    await run(everyDay[0]!);
    const listed = await run('./daytrade symbols list --json');
    const { symbols } = symbolListSchema.parse(JSON.parse(listed.stdout));
    expect(symbols.map(({ symbol }) => symbol)).toEqual(real.toSorted());
    await saysWhatIsThere('yesterday');
    figure('first day, from the second start on', up.seconds, 's');
  });

  /** Looks at every view that counts or names symbols. */
  async function saysWhatIsThere(age: keyof typeof ends): Promise<void> {
    const behind = { year: 245, yesterday: 0 }[age];
    const today = await open('today');
    expect((await rows(today)).map((row) => row.slice(0, 4)).toSorted()).toEqual(real.toSorted());
    const cards = (await today.locator('.cards').textContent()) ?? '';
    expect(cards).toContain(behind === 0 ? 'Up to date' : `newest bar ${ends[age]}, ${behind} sessions ago`);
    expect(cards).toContain(`${real.length} symbols`);
    expect(await today.locator('.over-note').count()).toBe(behind === 0 ? 0 : 1);
    expect((await today.locator('h1').textContent())?.includes('session that is over')).toBe(behind !== 0);
    const symbol = await open('symbol');
    await symbol.locator('.chart canvas').first().waitFor();
    expect(await symbol.locator('h1').textContent()).toContain(real.toSorted()[0]);
    expect(await symbol.locator('datalist option').count()).toBe(real.length);
    const data = await open('quality');
    const stored = data.getByRole('region', { name: 'Symbols' }).locator('tbody tr');
    await stored.first().waitFor();
    expect(await stored.count()).toBe(real.length);
    for (const view of [today, symbol, data]) {
      expect(await view.locator('.synthetic-banner, tbody .synthetic-mark, h1 .synthetic-mark').count()).toBe(0);
      await view.context().close();
    }
  }

  async function open(view: string): Promise<Page> {
    const context = await browser.newContext({ locale: 'en-US' });
    const opened = await context.newPage();
    await opened.goto(`${page}/#/${view}`);
    await opened.locator('main tbody tr, main .chart').first().waitFor({ timeout: 60_000 });
    // What a view is about comes by several requests.
    await opened.waitForLoadState('networkidle');
    return opened;
  }

  /** Code and name of each row of the table of predictions. */
  async function rows(today: Page): Promise<string[]> {
    return today.locator('tbody tr').evaluateAll((all) => all.map((row) => row.querySelector('a')?.textContent ?? ''));
  }

  async function stop(): Promise<void> {
    up.pressCtrlC();
    await up.finished;
  }

  function run(line: string): Promise<Finished> {
    return new RunningProcess('sh', ['-c', line], { folder: clone, environment }).finished;
  }

  function addresses(): { readonly ml: string | undefined } {
    return { ml: /ML service\s+(http:\S+)/.exec(up.stdout)?.[1] };
  }
});

/** Types `npm start`; gives the seconds to its ready line, as on a machine that does nothing else. */
async function start(what: string): Promise<number> {
  const before = slowdown();
  const [command = '', ...args] = starts[0]!.split(' ');
  up = new RunningProcess(command, args, { folder: clone, environment, timeoutSeconds: 1_800 });
  page = (await up.until('stdout', /day-trade is ready after .*: (http:\S+)/))[1] as string;
  const { seconds, stderr } = up;
  const slower = (before + slowdown()) / 2;
  figure(what, seconds, 's');
  figure(`${what}: seconds that one of a processor took`, slower);
  const steps = stderr.split('\n').filter((line) => /^ {2}\S.* {2}\S+.* s$|installed in/.test(line));
  for (const step of steps) console.log(`  ${what}: ${step.trim().replaceAll(/ {2,}/g, '  ')}`);
  return seconds / slower;
}

function git(args: readonly string[], folder: string): string {
  const { status, stdout, stderr } = spawnSync('git', [...args], { cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(`git ${args.join(' ')} failed: ${stderr}`);
  return stdout;
}

function daysAgo(day: TradeDate): number {
  return dayNumber(newest) - dayNumber(day);
}

/**
 * How many seconds pass while a processor works for one: 1 on a quiet machine, more beside other suites. The control
 * of a time that was measured in the same minutes.
 */
function slowdown(): number {
  const started = performance.now();
  const before = process.cpuUsage();
  let worked = 0;
  let sum = 0;
  while (worked < 1) {
    for (let n = 0; n < 1e6; n += 1) sum += Math.sqrt(n);
    const { user, system } = process.cpuUsage(before);
    worked = (user + system) / 1e6;
  }
  return sum > 0 ? Math.max(1, (performance.now() - started) / 1_000 / worked) : Number.NaN;
}
