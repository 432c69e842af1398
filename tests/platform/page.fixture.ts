import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { chromiumPath } from '../support/chromium.ts';
import { RunningProcess, repositoryRoot, temporaryFolder } from '../support/running-process.ts';

interface OpenOptions extends BrowserContextOptions {
  /** The time of the page's clock, ISO 8601. */
  readonly at?: string;
  /** Answers of the services, by the pattern of their address, or functions of the real answer. */
  readonly answers?: Readonly<Record<string, object | ((real: never) => object)>>;
}

/** The platform as a person starts it, on a new state folder and free ports, and a browser for its page. */
export class PlatformInBrowser {
  readonly stateFolder = temporaryFolder('browser');
  /** The warnings and errors of the browser, and the requests that left this machine. */
  readonly complaints: string[] = [];
  address = '';
  #platform: RunningProcess | undefined;
  #browser: Browser | undefined;

  async start(): Promise<void> {
    const commandLine = join(repositoryRoot, 'apps', 'cli', 'src', 'main.ts');
    this.#platform = new RunningProcess(process.execPath, [commandLine, 'up', '--no-synthetic', '--json'], {
      environment: {
        DAYTRADE_SETTINGS_FILE: '/dev/null',
        DAYTRADE_STATE_DIR: this.stateFolder,
        DAYTRADE_LOG_LEVEL: 'silent',
        DAYTRADE_SCHEDULER_ENABLED: 'false',
        DAYTRADE_PORT: '0',
      },
      timeoutSeconds: 1_800,
    });
    const [line] = await this.#platform.until('stdout', /^\{"ready":true.*\}$/m);
    this.address = (JSON.parse(line) as { dashboard: string }).dashboard;
    this.#browser = await chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox'] });
  }

  async stopPlatform(): Promise<void> {
    this.#platform?.signal('SIGTERM');
    await this.#platform?.finished;
  }

  async closePages(): Promise<void> {
    const contexts = this.#browser?.contexts() ?? [];
    const pages = contexts.flatMap((context) => context.pages());
    await Promise.all(pages.map((page) => page.unrouteAll({ behavior: 'ignoreErrors' })));
    await Promise.all(contexts.map((context) => context.close()));
  }

  async closeBrowser(): Promise<void> {
    await this.#browser?.close();
  }

  async open(hash: string, { at, answers = {}, ...options }: OpenOptions = {}): Promise<Page> {
    const context = await this.#browser!.newContext({
      locale: 'en-US',
      viewport: { width: 1440, height: 900 },
      ...options,
    });
    const page = await context.newPage();
    if (at !== undefined) await page.clock.setFixedTime(at);
    for (const [pattern, answer] of Object.entries(answers)) {
      await page.route(`**/api${pattern}`, async (route) => {
        const isChange = typeof answer === 'function';
        await route.fulfill({ json: isChange ? answer((await (await route.fetch()).json()) as never) : answer });
      });
    }
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') {
        this.complaints.push(`${message.text()} ${message.location().url}`);
      }
    });
    page.on('pageerror', (error) => this.complaints.push(error.message));
    page.on('request', (request) => {
      if (!request.url().startsWith(this.address)) this.complaints.push(`asked ${request.url()}`);
    });
    await page.goto(`${this.address}/${hash}`);
    return page;
  }

  /** Posts through the page's own server. */
  async post(path: string, body: unknown): Promise<unknown> {
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${this.address}/api${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}`);
    return await answer.json();
  }

  /** Starts work through the page's own server and waits for its run to end. */
  async work(path: string, body: unknown): Promise<void> {
    const { run } = (await this.post(path, body)) as { run?: { id: string } };
    if (run !== undefined) await this.succeeded(run.id);
  }

  /** Waits for the end of a run, and throws for one that does not succeed. */
  async succeeded(id: string): Promise<void> {
    for (;;) {
      const answer = await fetch(`${this.address}/api/scheduler/v1/runs/${id}`);
      const { status } = ((await answer.json()) as { run: { status: string } }).run;
      if (status === 'succeeded') return;
      if (status !== 'queued' && status !== 'running') throw new Error(`the run ${id} ended as ${status}`);
      await pause(200);
    }
  }
}

/** Returns the English texts of the view, without commands and quotations. */
export async function englishIn(page: Page): Promise<string[]> {
  const english = /\b(?!CSV|JST|SYNTHETIC|UTF|YYYY|MM|DD)[A-Za-z]{2,}/;
  const texts = await page
    .locator('main :not([lang=en], code)')
    .evaluateAll((all) =>
      all.flatMap(({ childNodes }) => [...childNodes].flatMap((node) => (node instanceof Text ? node.data : []))),
    );
  return texts.filter((words) => english.test(words));
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Returns the rules of accessibility that the page breaks, each with the first element that does. */
export async function violationsOn(page: Page): Promise<readonly string[]> {
  // The page's security policy lets no script in but by the browser's own door.
  await page.evaluate(axe);
  return await page.evaluate(async () => {
    const { axe } = window as unknown as { axe: typeof import('axe-core') };
    const rules = { 'label-content-name-mismatch': { enabled: true } };
    const { violations } = await axe.run(document, { rules });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.length} × ${nodes[0]?.html}`);
  });
}

/** The pixels by which the view and the page are wider, and the page is higher, than the screen. */
export async function overflowOf(page: Page): Promise<readonly number[]> {
  return await page.evaluate(() => {
    const main = document.querySelector('main') as HTMLElement;
    const { scrollWidth, scrollHeight } = document.documentElement;
    return [scrollWidth - innerWidth, main.scrollWidth - main.clientWidth, scrollHeight - innerHeight];
  });
}
