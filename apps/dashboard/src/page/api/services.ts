import type {
  AccuracyBody,
  ActivationList,
  BarList,
  JobList,
  ModelList,
  PredictionHistory,
  PredictionList,
  Promotion,
  QuarantineList,
  RunAccepted,
  RunList,
  SelectionBody,
  SessionListBody,
  SymbolList,
} from './bodies.ts';
import { request } from './request.ts';
import { type Resource, resource } from './resource.ts';

const soonSeconds = 2;
const oftenSeconds = 15;
const seldomSeconds = 30;

/** Asked for often until there are some: on a first start they come within a minute. */
export const predictions = resource(
  () => request<PredictionList>('/ml/v1/predictions/latest'),
  (body) => (body === undefined || body.predictions.length > 0 ? oftenSeconds : soonSeconds),
);
export const accuracy = resource(() => request<AccuracyBody>('/ml/v1/accuracy'), oftenSeconds);
export const models = resource(() => request<ModelList>('/ml/v1/models'), oftenSeconds);
export const activations = resource(() => request<ActivationList>('/ml/v1/models/activations'), oftenSeconds);
export const symbols = resource(() => request<SymbolList>('/data/v1/symbols'), oftenSeconds);
export const selection = resource(() => request<SelectionBody>('/data/v1/symbols/selection?count=10'), oftenSeconds);
export const jobs = resource(() => request<JobList>('/scheduler/v1/jobs'), oftenSeconds);
/** Asked for often while one of them goes on. */
export const runs = resource(
  () => request<RunList>('/scheduler/v1/runs?limit=40'),
  (body) => (body?.runs.some(({ status }) => status === 'queued' || status === 'running') ? soonSeconds : oftenSeconds),
);

/** The days from `from` to `to` and where the exchange stands now. */
export const sessions = keyed(
  ([from, to]: readonly [string, string]) => request<SessionListBody>(`/scheduler/v1/sessions?from=${from}&to=${to}`),
  oftenSeconds,
);

/** Daily bars of a symbol from a date on. */
export const bars = keyed(
  ([symbol, from]: readonly [string, string]) =>
    request<BarList>(`/data/v1/bars/${encodeURIComponent(symbol)}?from=${from}`),
  seldomSeconds,
);

/** The published and judged intervals of a symbol, the newest 250. */
export const history = keyed(
  ([symbol]: readonly [string]) =>
    request<PredictionHistory>(`/ml/v1/predictions/history/${encodeURIComponent(symbol)}?limit=250`),
  seldomSeconds,
);

/** Quarantined rows and warnings; an empty reason stands for every reason. */
export const quarantine = keyed(
  ([reason]: readonly [string]) =>
    request<QuarantineList>(
      `/data/v1/quarantine?limit=100${reason === '' ? '' : `&reason=${encodeURIComponent(reason)}`}`,
    ),
  seldomSeconds,
);

/** Makes a version live. */
export function promote(version: string): Promise<Promotion> {
  return request(`/ml/v1/models/${encodeURIComponent(version)}/promotion`, { method: 'POST' });
}

/** Makes the model live that was live before the present one. */
export function rollBack(): Promise<Promotion> {
  return request('/ml/v1/models/rollback', { method: 'POST' });
}

/** Starts a job now; the answer is its run. */
export function runJob(name: string): Promise<RunAccepted> {
  return request(`/scheduler/v1/jobs/${encodeURIComponent(name)}/runs`, { method: 'POST' });
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
