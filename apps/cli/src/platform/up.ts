import { type AnswerOf, type Run, routes } from '@daytrade/contracts';
import { DayTradeError, isDayTradeError } from '@daytrade/errors';
import { japanTime, parseTradeDate, sessionsBetween } from '@daytrade/market';
import { createLogger, type Logger } from '@daytrade/service';
import { observed, untilAborted } from '@daytrade/service/host';
import stringWidth from 'string-width';
import type { CommandContext } from '../define-command.ts';
import { say } from '../language/language.ts';
import { duration } from '../output/format.ts';
import { facts } from '../output/table.ts';
import { faultInWords, remedyInWords } from '../output/terminal.ts';
import { createDashboardPart } from '../parts/dashboard.ts';
import { programName } from '../program-name.ts';
import { watchRun } from '../watch-run.ts';
import type { Connection } from './connect.ts';
import { clientsOf, openPlatform, type Platform } from './open-platform.ts';
import { type RunningPlatform, removeRunningFile, writeRunningFile } from './running-file.ts';
import { systemClock } from './system-clock.ts';

/**
 * Runs the whole platform until the context's signal is aborted, then drains it.
 *
 * @throws DayTradeError `state.locked` naming the first one's pid, `service.port-in-use`, `settings.invalid`,
 *   `run.cancelled`
 */
export async function runUp(context: CommandContext, options: { readonly synthetic: boolean }): Promise<void> {
  const { settings, terminal } = context;
  const log = new StepLog(terminal.stderr);
  const logger = upLogger(context);
  log.loaded();
  const observe = observed({ name: 'day-trade', environment: process.env });
  await using platform = await log.step('open the state folder', () =>
    openPlatform(settings, logger, 'daytrade up', observe),
  );
  await log.step('build the page', () => platform.add('dashboard', observe(createDashboardPart)));
  const urls = await log.step('listen', () => listenAll(platform));
  // From now on the commands on this state folder find the services.
  const startedAt = new Date(systemClock.now()).toISOString();
  writeRunningFile(settings.DAYTRADE_STATE_DIR, { pid: process.pid, startedAt, ...urls });
  using published = new DisposableStack();
  published.defer(() => removeRunningFile(settings.DAYTRADE_STATE_DIR));
  log.note('web page', urls.dashboard);
  await platform.queue.start();
  const connection: Connection = { ...clientsOf(platform), sharesFiles: true, close: async () => undefined };
  if (!context.signal.aborted) await fillEmptyState(context, connection, log, options);
  if (context.signal.aborted) return;
  announce(context, urls, log.totalSeconds);
  await untilAborted(context.signal);
}

type Urls = Omit<RunningPlatform, 'pid' | 'startedAt'>;

async function listenAll(platform: Platform): Promise<Urls> {
  // One after another, so that the first port in use is the one that the message names. The scheduler begins to start
  // jobs when it listens, so it comes after the services that do them.
  return {
    ml: (await platform.listen('ml')).url,
    data: (await platform.listen('data')).url,
    dashboard: (await platform.listen('dashboard')).url,
    scheduler: (await platform.listen('scheduler')).url,
  };
}

function announce({ terminal, json, settings }: CommandContext, urls: Urls, seconds: number): void {
  if (json) {
    terminal.stdout.write(`${JSON.stringify({ ready: true, seconds, ...urls })}\n`);
    return;
  }
  terminal.stdout.write(`
${say`day-trade is ready after ${duration(seconds)}: ${urls.dashboard}`}

${facts([
  ['  ML service', urls.ml],
  ['  data service', urls.data],
  ['  scheduler service', urls.scheduler],
  ['  state folder', settings.DAYTRADE_STATE_DIR],
])}

${say`Ctrl-C stops it.`}
`);
}

/** The synthetic bars of a first start: they fill the 250-session window of the objective and train in seconds. */
const firstBars = { provider: 'synthetic', symbols: 40, from: '2023-01-04' } as const;

/**
 * Fills the state folder at the first start: synthetic bars, a model, and its predictions. A step whose result exists
 * is left out, so that an interrupted start continues where it stopped. With a provider of real bars in the settings no
 * synthetic bars are made. A training that the bars do not allow is reported, and the platform starts without a model.
 *
 * @throws DayTradeError `run.cancelled` after Ctrl-C
 */
export async function fillEmptyState(
  context: CommandContext,
  connection: Connection,
  log: StepLog,
  options: { readonly synthetic: boolean },
): Promise<void> {
  const follow = (title: string, start: () => Promise<{ run: Run }>) =>
    log.step(title, async () => watchRun(context, connection, (await start()).run, title));
  try {
    const { symbols } = await connection.data.call(routes.symbols);
    if (symbols.length === 0) {
      if (!options.synthetic) return;
      if (context.settings.DAYTRADE_PROVIDER !== 'synthetic') {
        // Its bars may take minutes or hours to come, and synthetic ones are not what was asked for.
        log.note('no bars yet', say`${programName} fetch brings those of ${context.settings.DAYTRADE_PROVIDER}`);
        return;
      }
      await follow('make synthetic bars', () => connection.data.call(routes.startFetch, { body: firstBars }));
    }
    const synthetic = symbols.every((symbol) => symbol.synthetic);
    if ((await modelState(connection, synthetic)) === 'none') {
      if (symbols.length > 0) await assertTrainable(symbols);
      await follow('train', () => connection.ml.call(routes.startTraining));
    }
    const isLive = (await modelState(connection, synthetic)) === 'live';
    if (isLive && (await connection.ml.call(routes.latestPredictions)).predictions.length === 0) {
      await log.step('predict', () => connection.ml.call(routes.publishPredictions));
    }
  } catch (error) {
    if (!isDayTradeError(error) || error.kind !== 'user' || error.code === 'run.cancelled') throw error;
    log.note('not yet', `${faultInWords(error)}; ${remedyInWords(error)}`);
  }
}

/**
 * Counts the sessions from the first bar to the last before a training, which would leave a failed run.
 *
 * @throws DayTradeError `training.too-little-data`
 */
async function assertTrainable(symbols: AnswerOf<typeof routes.symbols>['symbols']): Promise<void> {
  const { fewestTrainingSessions: needed } = await import('@daytrade/ensemble');
  const days = symbols
    .filter(({ displaced, bars }) => !displaced && bars > 0)
    .flatMap(({ firstDate, lastDate }) => [firstDate, lastDate])
    .sort();
  const [first, last] = [days[0], days.at(-1)];
  const between = first && last ? sessionsBetween(parseTradeDate(first), parseTradeDate(last)) : [];
  const sessions = between.length;
  if (sessions >= needed) return;
  const message = `too little data to train on: ${sessions} sessions, at least ${needed} are needed`;
  throw new DayTradeError('training.too-little-data', message);
}

/**
 * Returns the state of the bars' model. A model of synthetic bars does not count for real ones. A model that was
 * never promoted stays a candidate.
 */
async function modelState({ ml }: Connection, synthetic: boolean): Promise<'none' | 'candidates' | 'live'> {
  const { models, live } = await ml.call(routes.models);
  const fitting = models.filter((model) => model.synthetic === synthetic);
  if (fitting.length === 0) return 'none';
  return fitting.some((model) => model.version === live) ? 'live' : 'candidates';
}

/**
 * Returns the log of the services of `daytrade up`. It goes to standard error: standard output has the addresses alone.
 * A terminal gets words, and only warnings and errors unless the settings name a level. Anything else gets JSON lines.
 */
function upLogger({ terminal: { stderr }, settings, settingSources }: CommandContext): Logger {
  if (!stderr.isTTY) return createLogger({ level: settings.DAYTRADE_LOG_LEVEL, destination: stderr });
  const level = settingSources.has('DAYTRADE_LOG_LEVEL') ? settings.DAYTRADE_LOG_LEVEL : 'warn';
  return createLogger({ level, destination: readableLog(stderr) });
}

/** Names of pino's levels for a person. */
const levels: Readonly<Record<number, string>> = { 30: 'info', 40: 'warning', 50: 'error', 60: 'fatal' };

/**
 * Returns a destination of a logger for a terminal. A JSON line becomes `15:30:00 warning ml-service: message`, with
 * the time in Japan. It replaces the progress line that is being drawn.
 */
export function readableLog(stream: Pick<NodeJS.WriteStream, 'write'>): { write(line: string): void } {
  return { write: (line) => void stream.write(`\r\u001b[2K${inWords(line)}\n`) };
}

function inWords(line: string): string {
  const { time, level, service, msg, err } = JSON.parse(line) as LogLine;
  const reason = err === undefined || err.message === msg ? '' : ` (${err.message})`;
  return `${japanTime(time)} ${levels[level] ?? 'debug'} ${service ?? 'daytrade'}: ${msg}${reason}`;
}

interface LogLine {
  readonly time: number;
  readonly level: number;
  readonly service?: string;
  readonly msg: string;
  readonly err?: { readonly message: string };
}

const titleWidth = 36;
const timeWidth = 10;

/** Reports on standard error what a start does and where its time goes. */
export class StepLog {
  readonly #stream: Pick<NodeJS.WriteStream, 'write'>;
  readonly #started = performance.now();

  constructor(stream: Pick<NodeJS.WriteStream, 'write'>) {
    this.#stream = stream;
  }

  /** Does one step and prints its name with its time. */
  async step<Value>(title: string, action: () => Promise<Value>): Promise<Value> {
    const started = performance.now();
    const value = await action();
    this.#timed(title, performance.now() - started);
    return value;
  }

  /** Prints how long the code took to load, before the first step. */
  loaded(): void {
    this.#timed('load the code', this.#started);
  }

  /** Prints something worth knowing between two steps. */
  note(title: string, text: string): void {
    const said = say(title);
    this.#stream.write(`  ${said}${blanksFor(said, titleWidth)} ${text}\n`);
  }

  /** Seconds since the start of the process, which includes loading the code. */
  get totalSeconds(): number {
    return performance.now() / 1000;
  }

  #timed(title: string, milliseconds: number): void {
    const time = duration(milliseconds / 1000);
    this.note(title, `${blanksFor(time, timeWidth)}${time}`);
  }
}

/** Returns the blanks that fill a text up to a width; Japanese characters have two columns. */
function blanksFor(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - stringWidth(text)));
}
