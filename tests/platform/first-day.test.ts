import { existsSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { predictionListSchema, symbolListSchema } from '@daytrade/contracts';
import { addSessions, dayNumber, lastClosedSession, type TradeDate } from '@daytrade/market';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { figure } from '../support/figure.ts';
import { freePorts, Installation } from '../support/installation.ts';
import { readmeCommands } from '../support/readme-commands.ts';
import {
  type Finished,
  RunningProcess,
  repositoryRoot,
  stopEverything,
  temporaryFolder,
} from '../support/running-process.ts';
import { writeBars } from './made-bars.ts';

const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
const hasBrowser = existsSync(executablePath);
const skipped = hasBrowser ? '' : ` (skipped: no Chromium at ${executablePath}; apt-get install chromium)`;

const real = ['7203', '6758', '8306', '9984', '7974', '9433', '4063', '6501', '8035', '8058', '4568', '6902'];
const newest = lastClosedSession(Date.now());
/** Where the bars end: today's newest session, and what a reader may come with. */
const ends = { year: addSessions(newest, -245), month: addSessions(newest, -21), yesterday: newest } as const;
/** Enough for a training on those that end a year ago, and few, since what is looked at is what is said of them. */
const from = addSessions(ends.year, -420);

// Those in between need a session that goes on, values of an index, a key of J-Quants, and minutes.
const blocks = readmeCommands('README.md');
const [starts = [], imports = [], removal = [], everyDay = []] = blocks;
const asking = blocks.find(([first]) => first?.startsWith('curl')) ?? [];

afterAll(stopEverything);

// One story, as in the README: the demo, bars of one's own over it, and newer ones on the days after.
describe.skipIf(!hasBrowser)(`the first day, by the commands of the README${skipped}`, () => {
  const installation = new Installation('first-day');
  // Where a reader stands: `./daytrade` is there, and the folder `bars`.
  const clone = temporaryFolder('first-day-clone');
  const environment = {
    ...freePorts,
    DAYTRADE_STATE_DIR: installation.stateFolder,
    DAYTRADE_SCHEDULER_ENABLED: 'false',
  };
  let up: RunningProcess;
  let page: string;
  let browser: Browser;

  beforeAll(async () => {
    symlinkSync(join(repositoryRoot, 'daytrade'), join(clone, 'daytrade'));
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
    await start();
  });
  afterAll(() => browser?.close());

  it('the README has the commands that this walks, in both languages', () => {
    expect(starts[0]).toBe('npm start');
    expect(imports.map((line) => line.split(' ')[1])).toContain('import');
    expect(removal).toHaveLength(1);
    expect(everyDay[0]).toContain('data-update');
    expect(asking[0]).toContain('curl');
    expect(readmeCommands('docs/README.ja.md')).toEqual(readmeCommands('README.md'));
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
    expect((await run('./daytrade symbols list')).stdout).toContain(`12 symbols in use: bars end ${ends.year}, 245`);
    await start();
    await saysWhatIsThere('year');
  });

  it.each(['month', 'yesterday'] as const)(
    'newer files in the same folder, to a %s ago, are read by an update',
    async (age) => {
      writeBars(join(clone, 'bars'), { symbols: real, from, to: ends[age] });
      const said: Finished[] = [];
      for (const line of everyDay) said.push(await run(line));
      expect(said.map(({ exitCode }) => exitCode)).toEqual(everyDay.map(() => 0));
      const warned = said
        .map(({ stderr }) => stderr)
        .join('')
        .includes('bars end');
      expect(warned).toBe(age !== 'yesterday');
      await saysWhatIsThere(age);
    },
  );

  it('the API is asked as the README shows it', async () => {
    const { ml } = addresses();
    const answer = await run(asking[0]!.replace('http://127.0.0.1:8000', ml!).replace('curl', 'curl --silent'));
    const { predictions, sessionOver } = predictionListSchema.parse(JSON.parse(answer.stdout));
    expect(predictions.map(({ symbol }) => symbol)).toEqual(real.toSorted());
    expect(sessionOver).toBe(false);
  });

  it('the demo is removed for good', async () => {
    const data = await open('quality');
    await data.getByText('synthetic symbols are no longer used').waitFor();
    expect(await run(removal[0]!)).toMatchObject({ exitCode: 0 });
    await run(everyDay[0]!);
    const { symbols } = await installation.read(symbolListSchema, 'symbols', 'list');
    expect(symbols.map(({ symbol }) => symbol)).toEqual(real.toSorted());
    await saysWhatIsThere('yesterday');
    figure('first day, from npm start on', up.seconds, 's');
  });

  /** Looks at every view that counts or names symbols, in both languages. */
  async function saysWhatIsThere(age: keyof typeof ends): Promise<void> {
    const end = ends[age];
    const behind = { year: 245, month: 21, yesterday: 0 }[age];
    for (const language of ['en', 'ja'] as const) {
      const today = await open('today', language);
      const words =
        language === 'en'
          ? { age: `newest bar ${end}, ${behind} sessions ago`, fresh: 'Up to date', over: 'session that is over' }
          : { age: `最新の足 ${end}（${behind} 立会日前）`, fresh: '最新', over: '終了した立会日' };
      expect((await rows(today)).map((row) => row.slice(0, 4)).toSorted()).toEqual(real.toSorted());
      const cards = (await today.locator('.cards').textContent()) ?? '';
      expect(cards).toContain(behind === 0 ? words.fresh : words.age);
      expect(cards).toContain(language === 'en' ? '12 symbols' : '12 銘柄');
      expect(await today.locator('.over-note').count()).toBe(behind === 0 ? 0 : 1);
      expect((await today.locator('h1').textContent())?.includes(words.over)).toBe(behind !== 0);
      const symbol = await open('symbol', language);
      await symbol.locator('.chart canvas').first().waitFor();
      expect(await symbol.locator('h1').textContent()).toContain(real.toSorted()[0]);
      expect(await symbol.locator('select option').count()).toBe(12);
      const data = await open('quality', language);
      await data.locator('.area-stored tbody tr').first().waitFor();
      expect(await data.locator('.area-stored tbody tr').count()).toBe(12);
      for (const view of [today, symbol, data]) {
        expect(await view.locator('.synthetic-banner, tbody .synthetic-mark, h1 .synthetic-mark').count()).toBe(0);
        await view.context().close();
      }
    }
  }

  async function open(view: string, language = 'en'): Promise<Page> {
    const context = await browser.newContext({ locale: language === 'en' ? 'en-US' : 'ja-JP' });
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

  async function start(): Promise<void> {
    const [command = '', ...args] = starts[0]!.split(' ');
    up = new RunningProcess(command, args, { environment, timeoutSeconds: 1_800 });
    page = (await up.until('stdout', /day-trade is ready after .*: (http:\S+)/))[1] as string;
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

function daysAgo(day: TradeDate): number {
  return dayNumber(newest) - dayNumber(day);
}
