import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { installChromium } from '../support/chromium.ts';
import { stopEverything } from '../support/running-process.ts';
import { englishIn, overflowOf, PlatformInBrowser, violationsOn } from './page.fixture.ts';
import { dayOf0102, newestForecasts, traded, tradedOrders } from './page-answers.ts';

const skipped = installChromium();
const views = ['today', 'symbol', 'accuracy', 'strategy', 'earnings', 'models', 'jobs', 'quality'] as const;
const symbols = 8;
const platform = new PlatformInBrowser();
const japanese = { locale: 'ja-JP' };
const phone = { viewport: { width: 390, height: 844 } };

describe.skipIf(skipped)(`the page in a browser, on a platform that the command line started${skipped}`, () => {
  beforeAll(() => platform.start());
  afterEach(() => platform.closePages());
  afterAll(async () => {
    await platform.closeBrowser();
    await stopEverything();
  });

  it('says what to run while there is nothing to show', async () => {
    const page = await platform.open('');
    await page.getByText('No predictions yet').waitFor();
    expect(await page.locator('main').textContent()).toContain('daytrade predict');
    for (const view of views) {
      await page.goto(`${platform.address}/#/${view}`);
      await page.locator('main .view-head, main .empty').first().waitFor();
    }
  });

  it('fills itself when there are predictions, and marks every synthetic one', async () => {
    const page = await platform.open('');
    await page.getByText('No predictions yet').waitFor();
    await platform.work('/data/v1/fetches', { provider: 'synthetic', symbols, from: '2024-01-04' });
    const { run } = (await platform.post('/ml/v1/trainings', {})) as { run: { id: string } };
    // The page asks every few seconds, in which a small training may begin and end.
    await page.route('**/api/scheduler/v1/runs?*', (route) =>
      route.fulfill({ json: { runs: [{ ...run, status: 'running' }] } }),
    );
    await page.reload();
    await page.locator('main').getByText('A model is being trained.').first().waitFor();
    expect(await page.locator('main').textContent()).not.toContain('daytrade train');
    await page.unroute('**/api/scheduler/v1/runs?*');
    await platform.succeeded(run.id);
    await platform.work('/ml/v1/trainings', { seed: 2, promote: false });
    await platform.work('/ml/v1/predictions', {});
    const rows = page.locator('tbody tr');
    await rows.nth(symbols - 1).waitFor({ timeout: 20_000 });
    expect(await page.locator('.synthetic-banner').textContent()).toContain('SYNTHETIC / 合成データ');
    for (const mark of ['.synthetic-mark', '.interval-bar']) expect(await rows.locator(mark).count()).toBe(symbols);
    const ranks = (await rows.locator('.rank [aria-hidden]').allTextContents()).map(Number);
    expect(ranks).toEqual(ranks.map((_, place) => place + 1));
    expect(await page.getByText(/Made .+ JST by model m\d+/).count()).toBe(1);
    await expect
      .poll(() => page.locator('.cards').textContent(), { timeout: 20_000 })
      .toMatch(/9\d\.\d %.*Skill score\s*[+−]\d+\.\d % over the HAR regression\s*[+−]\d+\.\d % over the 250-day/);
  });

  it.each([
    ['en-US', /3 forecasts of the close through the day\. The newest \(10:30\): 1,000 to 1,030 yen/],
    ['ja-JP', /日中の終値予測 3 件。最新（10:30）は 1,000 円から 1,030 円/],
  ])('shows the intervals of the close through the day, in %s', async (locale, drawn) => {
    const at = '2026-11-25T10:31:00+09:00';
    const answers = {
      '/ml/v1/predictions/0102/today': dayOf0102,
      '/ml/v1/predictions/today': newestForecasts,
      '/data/v1/bars/0102*': (real: { bars: { date: string }[] }) => ({
        ...real,
        bars: real.bars.filter(({ date }) => date < '2026-11-25T10:35'),
      }),
    };
    const page = await platform.open('', { locale, ...phone, at, answers });
    await page.locator('main').getByRole('link', { name: '0102' }).first().press('Enter');
    await page.getByRole('img', { name: drawn }).waitFor();
    await page.locator('.readout', { hasText: '1,000.0 – 1,030.0 · 3.0 %' }).waitFor();
    expect((await overflowOf(page))[1]).toBe(0);
  });

  it.each([
    ['10:31', 'model-without-horizon', /The live model does not know this time of the day.*daytrade train/],
    ['15:40', 'needs-5-minute-bars', null],
  ])('says at %s that there is no forecast within the day for %s: %s', async (time, reason, words) => {
    const without = { session: '2026-11-25', horizon: null, horizons: [], predictions: [] };
    const today = { ...without, withoutForecast: [{ symbol: '0102', name: '幻影重工', reason }] };
    const latest = (real: object) => ({ ...real, barsAge: null });
    const answers = { '/ml/v1/predictions/today*': today, '/ml/v1/predictions/latest*': latest };
    const page = await platform.open('', { at: `2026-11-25T${time}:00+09:00`, answers });
    const panel = page.getByRole('region', { name: 'Today’s close, forecast through the day' });
    if (words !== null) return await panel.filter({ hasText: words }).waitFor();
    await page.locator('tbody tr').first().waitFor();
    expect(await panel.count()).toBe(0);
  });

  it('has the data in one language: sectors, and the reasons of rows that were kept out', async () => {
    const page = await platform.open('#/quality');
    const stored = page.getByRole('region', { name: 'Symbols' });
    await stored.getByText('Electric Appliances').first().waitFor();
    const counts = [{ reason: 'high-below-low', severity: 'quarantined', rows: 1 }];
    const answers = { '/data/v1/quarantine*': { quarantine: [], counts, total: 1 } };
    const other = await platform.open('#/quality', { ...japanese, answers });
    await other.getByText('高値が安値未満').waitFor();
    expect(await englishIn(other)).toEqual([]);
  });

  it('is used by the keyboard alone: skip link, views, sorting, codes, symbols, zoom, help, visible focus', async () => {
    const page = await platform.open('');
    await page.locator('tbody tr').first().waitFor();
    const focused = (read: 'id' | 'textContent') => page.evaluate((key) => document.activeElement?.[key], read);
    await page.keyboard.press('Tab');
    expect(await focused('textContent')).toBe('Skip to content');
    await page.keyboard.press('Enter');
    expect(await focused('id')).toBe('content');
    await page.getByRole('button', { name: 'Width' }).press('Enter');
    const widths = (await page.locator('td.col-width').allTextContents()).map(Number.parseFloat);
    expect(widths).toEqual([...widths].sort((a, b) => b - a));
    await page.keyboard.type('0103');
    await expect.poll(() => page.locator('tbody tr').count()).toBe(1);
    await page.locator('tbody .star').press('Space');
    await page.reload();
    await page.getByRole('button', { name: 'Watch list (1)' }).press('Enter');
    await expect.poll(() => page.locator('tbody tr').count()).toBe(1);
    await page.locator('tbody').getByRole('link', { name: '0103' }).press('Enter');
    const symbol = (code: string) => page.getByRole('heading', { level: 1 }).filter({ hasText: code }).waitFor();
    await symbol('0103');
    await page.keyboard.press('ArrowRight');
    await symbol('0104');
    await page.keyboard.type('0102');
    await page.keyboard.press('Enter');
    await symbol('0102');
    await page.locator('.chart canvas').first().waitFor();
    const drawn = async () => (await page.locator('.chart').screenshot()).toString('base64');
    // An empty chart has a few kilobytes.
    await expect.poll(async () => (await drawn()).length).toBeGreaterThan(27_000);
    await page.waitForLoadState('networkidle');
    for (const key of ['+', 'Home']) {
      const before = await drawn();
      await page.keyboard.press(key);
      await expect.poll(async () => (await drawn()) === before, { message: key }).toBe(false);
    }
    await page.keyboard.press('?');
    const help = page.getByRole('region', { name: 'Keys of the page' });
    await help.getByText('previous and next symbol').waitFor();
    await page.keyboard.press('Escape');
    await help.waitFor({ state: 'hidden' });
    await page.getByRole('navigation').getByRole('link', { name: 'Accuracy' }).press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Accuracy' }).waitFor();
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => getComputedStyle(document.activeElement as Element).outlineStyle)).toBe('solid');
  });

  it('loads less than 150 KB for Today, compressed as it is sent', async () => {
    const page = await platform.open('');
    await page.locator('tbody tr').first().waitFor();
    await page.waitForLoadState('networkidle');
    const bytes = await page.evaluate(() =>
      (performance.getEntries() as PerformanceResourceTiming[]).reduce(
        (sum, entry) => sum + (entry.encodedBodySize ?? 0),
        0,
      ),
    );
    expect(bytes).toBeGreaterThan(30_000);
    expect(bytes).toBeLessThan(150_000);
  });

  it('starts backtests, and shows their results side by side', async () => {
    const page = await platform.open('#/strategy');
    await page.getByLabel('from').fill('2026-06-01');
    for (const strategy of ['always-long', 'gap-fade']) {
      await page.locator('select').selectOption(strategy);
      await page.getByRole('button', { name: 'Start backtest' }).click();
      await page.getByText(`Started the backtest of ${strategy}.`).waitFor();
    }
    for (const strategy of ['always-long', 'gap-fade']) {
      const box = page.getByRole('checkbox', { name: `Compare: ${strategy}` });
      await box.and(page.locator(':enabled')).check({ timeout: 60_000 });
    }
    const results = page.getByRole('region', { name: 'Results side by side' }).locator('tbody tr');
    await expect.poll(() => results.count()).toBe(2);
    expect(await results.allTextContents()).toEqual(
      ['A always-long', 'B gap-fade'].map((name) => expect.stringContaining(name)),
    );
    await page.locator('.chart canvas').first().waitFor();
  });

  it('begins in the language of the settings, and remembers the one that the reader chooses', async () => {
    // The title compares the predicted session with the page's clock.
    const page = await platform.open('', { at: '2020-01-06T10:00:00+09:00' });
    await page.route(`${platform.address}/`, async (route) => {
      const answer = await route.fetch();
      const body = (await answer.text()).replace('<html ', '<html data-language="ja" ');
      await route.fulfill({ response: answer, body });
    });
    await page.reload();
    await page.getByRole('heading', { level: 1, name: '次の立会日の予測' }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('ja');
    await page.getByRole('button', { name: '前日終値' }).waitFor();
    await page.getByRole('button', { name: 'EN' }).click();
    await page.reload();
    await page.getByRole('button', { name: 'Last close' }).waitFor();
    await page.clock.setFixedTime('2030-01-07T10:00:00+09:00');
    await page.getByRole('heading', { level: 1, name: 'Predictions for a session that is over' }).waitFor();
  });

  it('follows the system into the dark', async () => {
    const page = await platform.open('', { colorScheme: 'dark' });
    const brightness = () =>
      page.locator('main').evaluate((main) => Number(/\d+/.exec(getComputedStyle(main).backgroundColor)));
    expect(await brightness()).toBeLessThan(60);
    await page.emulateMedia({ colorScheme: 'light' });
    await expect.poll(brightness).toBeGreaterThan(220);
  });

  it.each([
    ['en-US', 1280, 'light'],
    ['en-US', 360, 'dark'],
    ['ja-JP', 1280, 'dark'],
    ['ja-JP', 360, 'light'],
  ] as const)(
    'fits its screen and breaks no rule of accessibility in any view, in %s, %d pixels wide, %s',
    async (locale, width, colorScheme) => {
      const page = await platform.open('', { locale, viewport: { width, height: 844 }, colorScheme });
      for (const view of [...views, 'symbol/9999']) {
        await page.goto(`${platform.address}/#/${view}`);
        await page.locator('main .view-head').waitFor();
        await page.waitForFunction(() => document.querySelector('.placeholder') === null);
        expect(await overflowOf(page), view).toEqual([0, 0, 0]);
        expect(await violationsOn(page), view).toEqual([]);
      }
      // The last address leads nowhere, and stays.
      await page.getByText(/No bars of 9999\.|9999 の足はありません。/).waitFor();
      expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain('9999');
    },
  );

  it('labels on a phone each figure of a card', async () => {
    const page = await platform.open('', phone);
    const cells = page.locator('tbody tr').first().locator('td');
    await cells.first().waitFor();
    const labels = await cells.evaluateAll((all) => all.map((each) => getComputedStyle(each, '::before').content));
    expect(labels).toEqual(expect.arrayContaining(['"Last close"', '"Lower"', '"Upper"', '"Width"']));
  });

  it('starts a job and shows the end of its run, after asking where it removes something', async () => {
    const page = await platform.open('#/jobs');
    await page.getByRole('button', { name: 'Run now: prediction' }).click();
    await page.getByText('Started prediction.').waitFor();
    const runs = page.getByRole('region', { name: 'Runs' });
    await runs.locator('tr', { hasText: 'prediction' }).getByText('succeeded').waitFor({ timeout: 20_000 });
    const button = page.getByRole('button', { name: 'Run now: retention' });
    await button.click();
    const dialog = page.getByRole('dialog', { name: 'Run now: retention' });
    expect(await dialog.textContent()).toContain('Removes runs, evaluations, models');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(await page.getByText('Started retention.').count()).toBe(0);
    await button.click();
    await dialog.getByRole('button', { name: 'Run now' }).click();
    await page.getByText('Started retention.').waitFor();
  });

  it('has no English in the Japanese view of jobs, also of a run that failed', async () => {
    const folder = join(platform.stateFolder, 'of-another-program');
    mkdirSync(folder);
    writeFileSync(join(folder, '7203.csv'), 'date,open,high,low,close,volume\n2025-02-30,1,1,1,1,1\n');
    await expect(platform.work('/data/v1/fetches', { provider: 'csv', folder })).rejects.toThrow('failed');
    const page = await platform.open('#/jobs', japanese);
    await page.getByText('使える行のあるファイルがありません').waitFor();
    expect(await englishIn(page)).toEqual([]);
    await page.getByText('原文（英語）').click();
    await page.locator('.original [lang=en]', { hasText: '2025-02-30' }).waitFor();
  });

  it.each([
    ['en-US', 'Paper trading only: no broker is connected', 'Halt', 'Halted: 0 open orders cancelled.', 'Release'],
    ['ja-JP', '証券会社には接続せず', '停止', '停止しました。注文 0 件を取り消しました。', '再開'],
  ])('halts the paper book after asking, and releases it, in %s', async (locale, paper, halt, halted, release) => {
    const page = await platform.open('#/strategy', { locale, ...phone });
    await page.locator('main .commands', { hasText: 'daytrade paper start --strategy gap-fade' }).waitFor();
    await platform.post('/ml/v1/paper', { strategy: 'gap-fade', by: 'ada@here' });
    await page.reload();
    await page.getByText(paper).waitFor();
    const button = page.locator('main div.toolbar').getByRole('button');
    const dialog = page.getByRole('dialog');
    await button.filter({ hasText: halt }).press('Enter');
    await dialog.getByRole('button').first().press('Enter');
    await dialog.waitFor({ state: 'detached' });
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(halt);
    await button.press('Enter');
    await dialog.getByRole('button', { name: halt }).click();
    await page.getByText(halted).waitFor();
    await button.filter({ hasText: release }).click();
    await dialog.getByRole('button', { name: release }).click();
    await button.filter({ hasText: halt }).waitFor();
    if (locale === 'ja-JP') expect(await englishIn(page)).toEqual([]);
    await platform.post('/ml/v1/paper/stop', { by: 'ada@here' });
  });

  it.each([
    ['en-US', 'It does not beat its costs: −12,000 yen after costs', 'the rest found nobody by the close'],
    ['ja-JP', 'コストに勝っていません', '残りは大引けまでに約定せず'],
  ])('shows the record of a paper book, on a phone, in %s', async (locale, verdict, reason) => {
    const answers = {
      '/ml/v1/paper': (real: object) => ({ ...real, ...traded }),
      '/ml/v1/paper/orders*': { orders: tradedOrders },
    };
    const page = await platform.open('#/strategy', { locale, ...phone, answers });
    await page.getByText(verdict).waitFor();
    await page.locator('.chart canvas').first().waitFor();
    const rows = page.locator('tbody tr');
    await rows.filter({ hasText: reason }).waitFor();
    await rows.filter({ hasText: '−18,850' }).waitFor();
    expect((await overflowOf(page))[1]).toBe(0);
  });

  it('had nothing to complain about and asked no other server, in all of that', () => {
    expect(platform.complaints).toEqual([]);
  });

  it('names once the service that does not answer, and shows the answers of the others', async () => {
    const page = await platform.open('');
    await page.route('**/api/ml/**', (route) => route.abort());
    await page.reload();
    const alert = page.getByRole('alert');
    await alert.waitFor();
    expect(await alert.count()).toBe(1);
    expect(await alert.textContent()).toContain('No answer from: ML service');
    expect(await page.getByText('No answer now.').count()).toBe(4);
    await page.getByRole('region', { name: 'Data' }).getByText(`${symbols} symbols`).waitFor();
    await page.unroute('**/api/ml/**');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.locator('tbody tr').first().waitFor();
    await expect.poll(() => alert.count()).toBe(0);
  });

  it('keeps its data and says what is wrong when the platform is gone', async () => {
    const page = await platform.open('');
    await page.locator('tbody tr').first().waitFor();
    await platform.stopPlatform();
    await page.goto(`${platform.address}/#/symbol/0104`);
    await page.getByRole('alert').first().waitFor({ timeout: 25_000 });
    expect(await page.getByRole('alert').first().textContent()).toContain('daytrade up');
    await page.goto(`${platform.address}/#/today`);
    // Forecasts within the day have a table of their own, from 08:30 on.
    const nextCloses = page.getByRole('region', { name: /^Next close/ }).locator('tbody tr');
    await expect.poll(() => nextCloses.count()).toBe(symbols);
  });
});
