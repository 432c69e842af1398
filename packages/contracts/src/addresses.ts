/** The services, as the settings, the clients and the page name them. */
export type ServiceName = 'data' | 'ml' | 'scheduler';

/** Every path of the API begins with it; what does not is for machines: health, metrics, the OpenAPI document. */
export const apiPrefix = '/v1/';

/** Service, method and path of a route. A path names its parameters, as `/v1/bars/:symbol`. */
export interface Address {
  readonly service: ServiceName;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: `/${string}`;
}

/**
 * Addresses of all routes. Without the schemas, so that the page carries no validation library; {@link routes} has all
 * of a route.
 */
export const addresses = {
  symbols: { service: 'data', method: 'GET', path: '/v1/symbols' },
  damagedSymbols: { service: 'data', method: 'GET', path: '/v1/symbols/damaged' },
  dataHealth: { service: 'data', method: 'GET', path: '/v1/symbols/health' },
  selection: { service: 'data', method: 'GET', path: '/v1/symbols/selection' },
  keptSelections: { service: 'data', method: 'GET', path: '/v1/symbols/selections' },
  priceFactors: { service: 'data', method: 'GET', path: '/v1/symbols/:symbol/factors' },
  universe: { service: 'data', method: 'GET', path: '/v1/symbols/universe' },
  announcements: { service: 'data', method: 'GET', path: '/v1/symbols/announcements' },
  importAnnouncements: { service: 'data', method: 'PUT', path: '/v1/symbols/announcements/file' },
  importUniverse: { service: 'data', method: 'PUT', path: '/v1/symbols/universe/file' },
  symbolHistory: { service: 'data', method: 'GET', path: '/v1/symbols/:symbol/history' },
  removeSymbols: { service: 'data', method: 'DELETE', path: '/v1/symbols' },
  bars: { service: 'data', method: 'GET', path: '/v1/bars/:symbol' },
  barFile: { service: 'data', method: 'GET', path: '/v1/bars/:symbol/file' },
  indices: { service: 'data', method: 'GET', path: '/v1/indices' },
  indexValues: { service: 'data', method: 'GET', path: '/v1/indices/:name' },
  importIndex: { service: 'data', method: 'PUT', path: '/v1/indices/:name/file' },
  quarantine: { service: 'data', method: 'GET', path: '/v1/quarantine' },
  sources: { service: 'data', method: 'GET', path: '/v1/fetches' },
  startFetch: { service: 'data', method: 'POST', path: '/v1/fetches' },
  announceUpload: { service: 'data', method: 'POST', path: '/v1/uploads' },
  sendPart: { service: 'data', method: 'PUT', path: '/v1/uploads/:id/parts/:part' },

  publishPredictions: { service: 'ml', method: 'POST', path: '/v1/predictions' },
  latestPredictions: { service: 'ml', method: 'GET', path: '/v1/predictions/latest' },
  predictionHistory: { service: 'ml', method: 'GET', path: '/v1/predictions/history/:symbol' },
  publishToday: { service: 'ml', method: 'POST', path: '/v1/predictions/today' },
  today: { service: 'ml', method: 'GET', path: '/v1/predictions/today' },
  symbolToday: { service: 'ml', method: 'GET', path: '/v1/predictions/:symbol/today' },
  accuracy: { service: 'ml', method: 'GET', path: '/v1/accuracy' },
  latestEvaluation: { service: 'ml', method: 'GET', path: '/v1/evaluations/latest' },
  evaluation: { service: 'ml', method: 'GET', path: '/v1/evaluations/:id' },
  models: { service: 'ml', method: 'GET', path: '/v1/models' },
  activations: { service: 'ml', method: 'GET', path: '/v1/models/activations' },
  model: { service: 'ml', method: 'GET', path: '/v1/models/:version' },
  importance: { service: 'ml', method: 'GET', path: '/v1/models/:version/importance' },
  promote: { service: 'ml', method: 'POST', path: '/v1/models/:version/promotion' },
  rollBack: { service: 'ml', method: 'POST', path: '/v1/models/rollback' },
  reports: { service: 'ml', method: 'GET', path: '/v1/reports' },
  report: { service: 'ml', method: 'GET', path: '/v1/reports/:session' },
  reportFigures: { service: 'ml', method: 'GET', path: '/v1/reports/:session/figures' },
  startTraining: { service: 'ml', method: 'POST', path: '/v1/trainings' },
  startEvaluation: { service: 'ml', method: 'POST', path: '/v1/evaluations' },
  startAudit: { service: 'ml', method: 'POST', path: '/v1/audits' },
  startBacktest: { service: 'ml', method: 'POST', path: '/v1/backtests' },
  paperBook: { service: 'ml', method: 'GET', path: '/v1/paper' },
  startPaper: { service: 'ml', method: 'POST', path: '/v1/paper' },
  stopPaper: { service: 'ml', method: 'POST', path: '/v1/paper/stop' },
  haltPaper: { service: 'ml', method: 'POST', path: '/v1/paper/halt' },
  releasePaper: { service: 'ml', method: 'POST', path: '/v1/paper/release' },
  paperOrders: { service: 'ml', method: 'GET', path: '/v1/paper/orders' },
  paperFills: { service: 'ml', method: 'GET', path: '/v1/paper/fills' },
  paperPositions: { service: 'ml', method: 'GET', path: '/v1/paper/positions' },
  tearSheet: { service: 'ml', method: 'GET', path: '/v1/backtests/:id' },

  jobs: { service: 'scheduler', method: 'GET', path: '/v1/jobs' },
  runJob: { service: 'scheduler', method: 'POST', path: '/v1/jobs/:name/runs' },
  pauseJob: { service: 'scheduler', method: 'POST', path: '/v1/jobs/:name/pause' },
  resumeJob: { service: 'scheduler', method: 'POST', path: '/v1/jobs/:name/resumption' },
  pauseScheduler: { service: 'scheduler', method: 'POST', path: '/v1/scheduler/pause' },
  resumeScheduler: { service: 'scheduler', method: 'POST', path: '/v1/scheduler/resumption' },
  backfill: { service: 'scheduler', method: 'POST', path: '/v1/jobs/:name/backfills' },
  runs: { service: 'scheduler', method: 'GET', path: '/v1/runs' },
  run: { service: 'scheduler', method: 'GET', path: '/v1/runs/:id' },
  replayRun: { service: 'scheduler', method: 'POST', path: '/v1/runs/:id/replay' },
  cancelRun: { service: 'scheduler', method: 'POST', path: '/v1/runs/:id/cancellation' },
  notices: { service: 'scheduler', method: 'GET', path: '/v1/notices' },
  testNotice: { service: 'scheduler', method: 'POST', path: '/v1/notices/test' },
  sessions: { service: 'scheduler', method: 'GET', path: '/v1/sessions' },
} as const satisfies Readonly<Record<string, Address>>;

/** A value in a URL; undefined is left out. */
type UrlValue = string | number | boolean | undefined;

/** The parts of a request that stand in its URL. */
export interface UrlParts {
  readonly params?: Readonly<Record<string, UrlValue>> | undefined;
  readonly query?: Readonly<Record<string, UrlValue>> | undefined;
}

/**
 * The path of one request, with its query string.
 *
 * @example
 * urlOf(addresses.bars, { params: { symbol: '7203' }, query: { from: '2026-01-05' } });
 * // /v1/bars/7203?from=2026-01-05
 */
export function urlOf({ path }: Pick<Address, 'path'>, { params = {}, query = {} }: UrlParts = {}): string {
  const filled = path.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(params[name])));
  const asked = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) asked.append(name, String(value));
  return asked.size === 0 ? filled : `${filled}?${asked.toString()}`;
}
