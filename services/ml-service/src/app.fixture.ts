import { join } from 'node:path';
import {
  type JudgedModel,
  type Model,
  parseSettings,
  predictionListSchema,
  runAcceptedSchema,
} from '@daytrade/contracts';
import { clockAt, queueOn } from '@daytrade/jobs/testing';
import {
  dateOfDayNumber,
  dayNumber,
  parseSymbol,
  parseTradeDate,
  roundToTick,
  sessionsBetween,
} from '@daytrade/market';
import { type BarColumns, barValues, type IntradayColumns, mapBars } from '@daytrade/series';
import { createLogger } from '@daytrade/service';
import type { Stores, SymbolRecord } from '@daytrade/storage';
import { newStores, sampleSymbol } from '@daytrade/storage/testing';
import type { output as ZodOutput, ZodType } from 'zod';
import { createMlService } from './app.ts';
import { Computations } from './computation/computations.ts';

/** The service on real stores in a folder of its own, with a clock that the test sets. */
export type RunningService = Awaited<ReturnType<typeof startService>>;

export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

export async function startService(instant: string) {
  let now = Date.parse(instant);
  const clock = clockAt(() => now);
  const stores = await newStores(() => now);
  const { folder } = stores;
  // More than one thread of a stage says the same, which its own tests show, and each begins anew with all modules.
  const computations = new Computations(1);
  const queue = queueOn(stores.runs, clock);
  const logger = createLogger({ level: 'silent' });
  const settings = parseSettings({
    DAYTRADE_STATE_DIR: join(folder, 'state'),
    DAYTRADE_BACKUP_TARGET: join(folder, 'backups'),
    DAYTRADE_USER_FOLDER: join(folder, 'user'),
  });
  const service = await createMlService({ settings, version: '1.2.3', stores, queue, computations, clock, logger });
  await queue.start();

  const get = async (url: string) => answerOf(await service.inject(url));
  const read = async <Schema extends ZodType>(schema: Schema, url: string): Promise<ZodOutput<Schema>> =>
    schema.parse((await get(url)).body);
  const post = async (url: string, body: object | string = {}) => {
    const headers = { 'content-type': 'application/json' };
    return answerOf(await service.inject({ method: 'POST', url, payload: body, headers }));
  };
  return {
    stores,
    queue,
    service,
    /** Folder of the test; the state folder is in it. */
    folder,
    setClock: (newInstant: string) => {
      now = Date.parse(newInstant);
    },
    get,
    /** POSTs JSON; a string is sent as it is. */
    post,
    read,
    /** Publishes predictions of the next close. */
    publish: async (body?: object) =>
      predictionListSchema.parse((await post('/v1/predictions', body)).body).predictions,
    latest: () => read(predictionListSchema, '/v1/predictions/latest'),
    runBy: async (url: string, body: object) =>
      queue.finished(runAcceptedSchema.parse((await post(url, body)).body).run.id),
    /** Runs a job as `daytrade jobs run` does and waits for its end. */
    runJob: async (job: string, payload: Record<string, unknown> = {}) => {
      const run = await queue.enqueue({ job, key: `${job}/${Math.random()}`, payload, trigger: 'manual' });
      return queue.finished(run.id);
    },
    close: async () => {
      await service.close();
      await queue.stop(1);
      await computations.close();
      await stores.close();
    },
  };
}

function answerOf(response: { readonly statusCode: number; json(): unknown }): Answer {
  return { status: response.statusCode, body: response.json() };
}

/** Bars on every session of a range: a random walk on the tick, repeatable by its seed, well inside the daily limit. */
export function madeBars(seed: number, from: string, to: string): BarColumns {
  const days = sessionsBetween(parseTradeDate(from), parseTradeDate(to)).map(dayNumber);
  const random = uniform(seed);
  let last = 800 + 200 * seed;
  const rows = days.map(() => {
    const open = roundToTick(last, 'standard', 'nearest');
    const close = roundToTick(last * (1 + 0.04 * (random() - 0.5)), 'standard', 'nearest');
    const high = roundToTick(Math.max(open, close) * (1 + 0.004 * random()), 'standard', 'up');
    const low = roundToTick(Math.min(open, close) * (1 - 0.004 * random()), 'standard', 'down');
    last = close;
    return { open, high, low, close, volume: 100 * Math.ceil(1000 + 9000 * random()) };
  });
  return { days: Int32Array.from(days), ...barValues((name) => Float64Array.from(rows, (row) => row[name])) };
}

/** Puts a symbol with its bars into the stores. */
export async function addSymbol(
  stores: Stores,
  symbol: string,
  bars: BarColumns,
  change: Partial<SymbolRecord> = {},
): Promise<void> {
  await stores.bars.merge(symbol, bars);
  const all = await stores.bars.read(symbol);
  const record = {
    symbol: parseSymbol(symbol),
    name: `架空${symbol}`,
    tickTable: 'standard',
    firstDate: dateOfDayNumber(all.days[0] as number),
    lastDate: dateOfDayNumber(all.days.at(-1) as number),
    bars: all.days.length,
  } as const;
  await stores.symbols.upsertMany([sampleSymbol({ ...record, ...change })]);
}

/** Registers the model once more, as a second training of the same bytes would, or with other bytes. */
export async function registerAgain(
  stores: Stores,
  model: Model & Partial<Pick<JudgedModel, 'directionSkilled'>>,
  createdAt: string,
  artifact?: Uint8Array,
): Promise<Model> {
  const { version, status: _status, soleMember: _sole, directionSkilled: _skilled, ...kept } = model;
  const { artifactHash: _hash, artifactBytes: _bytes, ...rest } = kept;
  return stores.models.register({ ...rest, createdAt }, artifact ?? (await stores.models.artifact(version)));
}

/** Numbers from 0 to 1 by a linear congruential generator (the constants of Numerical Recipes). */
function uniform(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** The 5-minute bars that begin from an instant on and are over by another one. */
export function between({ times, ...values }: IntradayColumns, from: number, until = Infinity): IntradayColumns {
  const [first, end] = [times.findIndex((begin) => begin >= from), times.findIndex((begin) => begin + 300_000 > until)];
  const cut = (column: Float64Array) => column.slice(first, end === -1 ? undefined : end);
  return { times: cut(times), ...mapBars(values, cut) };
}
