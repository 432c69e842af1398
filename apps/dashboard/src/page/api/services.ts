import { type Answer, ask } from './ask.ts';
import { type Resource, resource } from './resource.ts';
import { isFollowed, isUnfinished } from './run-stream.ts';

const soonSeconds = 2;
const oftenSeconds = 15;
const seldomSeconds = 30;

/** Orders of the paper book that are asked for, the newest. */
export const shownOrders = 100;

/** Fills of the paper book that are asked for, the newest: for each order one, and one that closes what it opened. */
const shownFills = 2000;

/** Asked for often until there are some: on a first start they come within a minute. */
export const predictions = resource(
  () => ask('latestPredictions'),
  (body) => (body === undefined || body.predictions.length > 0 ? oftenSeconds : soonSeconds),
);
export const accuracy = resource(() => ask('accuracy'), oftenSeconds);
export const models = resource(() => ask('models'), oftenSeconds);
export const activations = resource(() => ask('activations'), oftenSeconds);
export const symbols = resource(() => ask('symbols'), oftenSeconds);
export const selection = resource(() => ask('selection', { query: { count: 10 } }), oftenSeconds);
export const reports = resource(() => ask('reports', { query: { limit: 30 } }), seldomSeconds);
export const paperBook = resource(() => ask('paperBook'), oftenSeconds);
export const paperOrders = resource(() => ask('paperOrders', { query: { limit: shownOrders } }), oftenSeconds);
export const paperFills = resource(() => ask('paperFills', { query: { limit: shownFills } }), seldomSeconds);
export const jobs = resource(() => ask('jobs'), oftenSeconds);
/** Asked for often while one of them goes on that no stream follows. */
export const runs = resource(
  () => ask('runs', { query: { limit: 40 } }),
  (body) => (body?.runs.some((run) => isUnfinished(run) && !isFollowed(run)) ? soonSeconds : oftenSeconds),
);
export const notices = resource(() => ask('notices', { query: { limit: 20 } }), seldomSeconds);

/** The days from `from` to `to` and where the exchange stands now. */
export const sessions = keyed(
  ([from, to]: readonly [string, string]) => ask('sessions', { query: { from, to } }),
  oftenSeconds,
);

/** The days of results from `from` to `to`. */
export const announcements = keyed(
  ([from, to]: readonly [string, string]) => ask('announcements', { query: { from, to } }),
  seldomSeconds,
);

/** Daily bars of a symbol from a date on. */
export const bars = keyed(
  ([symbol, from]: readonly [string, string]) => ask('bars', { params: { symbol }, query: { from } }),
  seldomSeconds,
);

/** The published and judged intervals of a symbol, the newest 250. */
export const history = keyed(
  ([symbol]: readonly [string]) => ask('predictionHistory', { params: { symbol }, query: { limit: 250 } }),
  seldomSeconds,
);

/** The forecasts of today's close of one time of the day; an empty time stands for the newest. */
export const today = keyed(
  ([horizon]: readonly [Answer<'today'>['horizons'][number] | '']) =>
    ask('today', { query: horizon === '' ? {} : { horizon } }),
  oftenSeconds,
);

/** Every forecast of today's close of a symbol, and the prices so far. */
export const symbolToday = keyed(
  ([symbol]: readonly [string]) => ask('symbolToday', { params: { symbol } }),
  oftenSeconds,
);

/** Quarantined rows and warnings; an empty reason stands for every reason. */
export const quarantine = keyed(
  ([reason]: readonly [string]) =>
    ask('quarantine', { query: { limit: 100, reason: reason === '' ? undefined : reason } }),
  seldomSeconds,
);

/** Makes a version live. */
export function promote(version: string): Promise<Answer<'promote'>> {
  return ask('promote', { params: { version } });
}

/** Makes the model live that was live before the present one. */
export function rollBack(): Promise<Answer<'rollBack'>> {
  return ask('rollBack');
}

/** Starts a job now; the answer is its run. */
export function runJob(name: string): Promise<Answer<'runJob'>> {
  return ask('runJob', { params: { name } });
}

/** Who halts and releases the paper book from here, as its log keeps it. */
const by = 'page';

/** Cancels every open order of the paper book, and lets it send none. */
export function haltPaper(): Promise<Answer<'haltPaper'>> {
  return ask('haltPaper', { body: { by } });
}

/** Lets a halted paper book send orders again. */
export function releasePaper(): Promise<Answer<'releasePaper'>> {
  return ask('releasePaper', { body: { by, confirm: true } });
}

/** One resource for each key, made when it is first asked for. */
function keyed<Key extends readonly string[], Body>(read: (key: Key) => Promise<Body>, everySeconds: number) {
  const made = new Map<string, Resource<Body>>();
  return (...key: Key): Resource<Body> => {
    const name = key.join(' ');
    const known = made.get(name) ?? resource(() => read(key), everySeconds);
    made.set(name, known);
    return known;
  };
}
