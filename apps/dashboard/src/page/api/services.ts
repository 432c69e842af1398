import type { SymbolList } from '@daytrade/contracts';
import { signal } from '@preact/signals';
import { type Answer, ask } from './request.ts';
import { type Resource, resource } from './resource.ts';

const soonSeconds = 2;
const oftenSeconds = 15;
const seldomSeconds = 30;

/** The states of runs that wait or work. */
const unfinished: ReadonlySet<string> = new Set(['waiting', 'queued', 'running']);

/** Seconds between two readings of runs: few while one of them goes on. */
const runSeconds = (body: Answer<'runs'> | undefined) =>
  body?.runs.some(({ status }) => unfinished.has(status)) ? soonSeconds : oftenSeconds;

/** Number of newest orders of the paper book that the page shows. */
export const shownOrders = 100;

/** Polled often until there are predictions: on a first start they come within a minute. */
export const predictions = resource(
  () => ask('latestPredictions'),
  (body) => (body === undefined || body.predictions.length > 0 ? oftenSeconds : soonSeconds),
);
export const accuracy = resource(() => ask('accuracy'), oftenSeconds);
/** The accuracy without its lists by session, symbol, model and bucket. */
export const accuracySummary = resource(() => ask('accuracy', { query: { summary: 'true' } }), oftenSeconds);
export const models = resource(() => ask('models'), oftenSeconds);
export const symbols = resource(() => ask('symbols'), oftenSeconds);
export const selection = resource(() => ask('selection', { query: { count: 10 } }), oftenSeconds);
export const reports = resource(() => ask('reports', { query: { limit: 30 } }), seldomSeconds);
/** Name of the paper book on the page; undefined for the newest that runs, else the newest. */
const shownBook = signal<string | undefined>(undefined);
export const paperBook = resource(() => ask('paperBook', { query: { book: shownBook.value } }), oftenSeconds);
export const paperOrders = resource(
  () => ask('paperOrders', { query: { book: shownBook.value, limit: shownOrders } }),
  oftenSeconds,
);

export function showBook(name: string): void {
  shownBook.value = name;
  for (const paperResource of [paperBook, paperOrders]) void paperResource.refresh();
}

export const jobs = resource(() => ask('jobs'), oftenSeconds);
export const runs = resource(() => ask('runs', { query: { limit: 40 } }), runSeconds);

export const strategies = resource(() => ask('strategies'), seldomSeconds);
/** The newest backtests, without their results. */
export const backtests = resource(() => ask('runs', { query: { job: 'backtest', limit: 20 } }), runSeconds);
/** A run with its whole result. */
export const runById = keyed(([id]: readonly [string]) => ask('run', { params: { id } }), seldomSeconds);

/** Returns a command line under the name that it has for the reader: `./daytrade` in a clone. */
export function commandLine(line: string): string {
  return line.replace(/^daytrade(?= )/, () => document.documentElement.dataset.command ?? 'daytrade');
}

/** Returns the symbols in use: without the synthetic ones that real bars have displaced. */
export function symbolsInUse({ symbols: all }: Pick<SymbolList, 'symbols'>): SymbolList['symbols'] {
  return all.filter(({ displaced }) => !displaced);
}

/** The days from `from` to `to`, and the phase of the exchange now. */
export const sessions = keyed(
  ([from, to]: readonly [string, string]) => ask('sessions', { query: { from, to } }),
  oftenSeconds,
);

/** The earnings dates from `from` to `to`. */
export const announcements = keyed(
  ([from, to]: readonly [string, string]) => ask('announcements', { query: { from, to } }),
  seldomSeconds,
);

/** Bars of a symbol from a date on. */
export const bars = keyed(
  ([symbol, from, interval]: readonly [string, string, '1d' | '5m']) =>
    ask('bars', { params: { symbol }, query: { from, interval } }),
  seldomSeconds,
);

/** The published and judged intervals of a symbol, the newest 250. */
export const history = keyed(
  ([symbol]: readonly [string]) => ask('predictionHistory', { params: { symbol }, query: { limit: 250 } }),
  seldomSeconds,
);

export const today = resource(() => ask('today'), oftenSeconds);

/** All forecasts of today's close of a symbol, and its prices of today. */
export const symbolToday = keyed(
  ([symbol]: readonly [string]) => ask('symbolToday', { params: { symbol } }),
  oftenSeconds,
);

/** The number of quarantined rows and warnings for each reason. */
export const quarantine = resource(() => ask('quarantine', { query: { limit: 1 } }), seldomSeconds);

/** Returns one resource per key, made at its first use. */
function keyed<Key extends readonly string[], Body>(read: (key: Key) => Promise<Body>, everySeconds: number) {
  const resourcesByKey = new Map<string, Resource<Body>>();
  return (...key: Key): Resource<Body> => {
    const name = key.join(' ');
    const entry = resourcesByKey.get(name) ?? resource(() => read(key), everySeconds);
    resourcesByKey.set(name, entry);
    return entry;
  };
}
