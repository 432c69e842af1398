import type { Evaluation, JudgedPrediction, Notice, PaperEvent, QuarantineEntry, Run } from '@daytrade/contracts';
import { parseSymbol, parseTradeDate } from '@daytrade/market';
import type {
  AnnouncementRecord,
  JudgedCloseRecord,
  PriceFactorRecord,
  PublishedInDay,
  PublishedPrediction,
  ShareCountRecord,
  SymbolRecord,
} from '../database/tables.ts';
import type { NewModel } from '../repositories/model-registry.ts';
import type { NewReport } from '../repositories/report-repository.ts';

/** Returns a maker of records for the tests; every text and number is invented. */
const sample =
  <Record>(usual: Record) =>
  (change: Partial<Record> = {}): Record => ({ ...usual, ...change });

export const sampleSymbol = sample<SymbolRecord>({
  symbol: parseSymbol('0101'),
  name: '架空電機',
  sector: null,
  sizeGroup: 'Core30',
  tickTable: 'topix500',
  lot: 100,
  priceBasis: 'traded',
  synthetic: true,
  firstDate: parseTradeDate('2021-01-04'),
  lastDate: parseTradeDate('2026-11-24'),
  bars: 1437,
  sharesOutstanding: 1_234_567_890,
  askedTo: null,
});

export const samplePriceFactor = sample<PriceFactorRecord>({
  symbol: parseSymbol('0101'),
  date: parseTradeDate('2025-03-28'),
  kind: 'split',
  value: 0.2,
  knownOn: parseTradeDate('2025-03-28'),
  source: 'jquants',
});

export const sampleShareCount = sample<ShareCountRecord>({
  symbol: parseSymbol('0101'),
  date: parseTradeDate('2025-05-09'),
  periodEnd: parseTradeDate('2025-03-31'),
  shares: 1_234_567_800,
  source: 'jquants',
});

export const sampleAnnouncement = sample<AnnouncementRecord>({
  symbol: parseSymbol('0101'),
  date: parseTradeDate('2025-05-09'),
  kind: 'made',
  time: '15:30',
  source: 'jquants',
  knownSince: '2025-05-09T06:30:00.000Z',
  knownUntil: null,
});

export const sampleQuarantineEntry = sample<QuarantineEntry>({
  symbol: '0101',
  date: '2024-02-30',
  file: '0101.csv',
  line: 7,
  severity: 'quarantined',
  reason: 'date-invalid',
  message: '0101.csv line 7: 2024-02-30 is not a date',
  row: '2024-02-30,1,2,0.5,1,100',
});

export const samplePrediction = sample<PublishedPrediction>({
  symbol: parseSymbol('0101'),
  name: '架空電機',
  session: parseTradeDate('2026-11-25'),
  lastSession: parseTradeDate('2026-11-24'),
  lastClose: 1234.5,
  expectedDividend: 12.5,
  centre: 1236,
  lower: 1190,
  upper: 1281.5,
  coverage: 0.93,
  probabilityUp: 0.5123,
  priceBasis: 'traded',
  modelVersion: 'm20261124-0001-1f3a9c0b',
  intervalMethod: 'conformal',
  madeAt: '2026-11-24T07:00:00.000Z',
  synthetic: true,
});

export const sampleInDayPrediction = sample<PublishedInDay>({
  symbol: parseSymbol('0101'),
  name: '架空電機',
  session: parseTradeDate('2026-11-25'),
  horizon: 'close@10:30',
  knownAt: '2026-11-25T01:30:00.000Z',
  price: 1241.5,
  previousSession: parseTradeDate('2026-11-24'),
  previousClose: 1234.5,
  centre: 1242,
  lower: 1220,
  upper: 1263.5,
  coverage: 0.93,
  priceBasis: 'traded',
  modelVersion: 'm20261124-0001-1f3a9c0b',
  intervalMethod: 'conformal',
  madeAt: '2026-11-25T01:30:04.000Z',
  synthetic: true,
});

export const sampleJudgedClose = sample<JudgedCloseRecord>({
  session: parseTradeDate('2026-11-25'),
  symbol: parseSymbol('0101'),
  lastSession: parseTradeDate('2026-11-24'),
  close: 1241.5,
  lastClose: 1234.5,
  judgedAt: '2026-11-25T09:00:00.000Z',
});

const coefficients = { icInterval: { value: 0.03, low: 0.011, high: 0.05 }, informationCoefficients: [] };
const member = { rmse: 0.02, brier: 0.25, ...coefficients };

export const sampleModel = sample<NewModel>({
  createdAt: '2026-11-24T07:00:00.000Z',
  synthetic: true,
  seed: 1,
  trainedFrom: parseTradeDate('2021-01-04'),
  trainedTo: parseTradeDate('2026-11-24'),
  symbols: 40,
  rows: 50_000,
  features: 64,
  dataHash: 'd'.repeat(64),
  trainingSeconds: 61.5,
  members: [
    { name: 'leaf-wise', hitRate: 0.51, r2: 0.001, ic: 0.02, auc: 0.51, weight: 0.4, ...member },
    { name: 'ensemble', hitRate: 0.52, r2: 0.002, ic: 0.03, auc: 0.52, weight: null, ...member },
  ],
  coverage: 0.931,
  meanWidthBp: 620.5,
  winklerBp: 801.25,
  hitRate: null,
});

export const sampleRun = sample<Run>({
  id: 'r20261124-000000-aaaaaaaa',
  job: 'training',
  key: 'training/2026-11-22',
  trigger: 'request',
  requestId: 'a-request',
  status: 'queued',
  attempt: 0,
  maxAttempts: 3,
  payload: { seed: 1, symbols: ['0101', '0102'], nested: { promoteIt: true } },
  progress: null,
  result: null,
  error: null,
  scheduledFor: null,
  queuedAt: '2026-11-24T00:00:00.000Z',
  startedAt: null,
  finishedAt: null,
  replayOf: null,
  missed: null,
  dependencies: null,
});

export function sampleEvaluation(change: Partial<Evaluation> = {}): Evaluation {
  const rolling = { window: 250, min: 0.92, max: 0.94, last: 0.93 };
  return {
    id: 'e20261124-0001',
    madeAt: '2026-11-24T08:00:00.000Z',
    horizon: 'next-close',
    synthetic: true,
    from: parseTradeDate('2024-11-05'),
    to: parseTradeDate('2026-11-24'),
    days: 500,
    daysAsked: 500,
    stretch: false,
    symbols: 1,
    endedSymbols: 1,
    symbolDays: 500,
    halted: 0,
    dataHash: 'd'.repeat(64),
    seed: 1,
    targetCoverage: 0.93,
    coverage: 0.931,
    coverageInterval: { value: 0.931, low: 0.92, high: 0.94 },
    rollingCoverage60: { ...rolling, window: 60 },
    rollingCoverage250: rolling,
    meanWidthBp: 620.5,
    winklerBp: 801.25,
    skill: { har: 0.02, rollingQuantile: 0.04, randomWalk: 0.12, ewma: 0.01 },
    skillByYear: [],
    buckets: [],
    intervalMethod: 'conformal',
    intervalMethods: [],
    hitRate: { value: 0.51, low: 0.5, high: 0.52, alwaysUp: 0.505 },
    leakAlarm: false,
    ic: 0.02,
    ...coefficients,
    edgeBound: { tests: 60, t: 3.3415 },
    icir: 0.3,
    auc: 0.51,
    brier: 0.25,
    models: [],
    objective: [],
    exDividend: null,
    bySymbol: [],
    series: [],
    seconds: { total: 60, features: 5, training: 40, intervals: 15 },
    ...change,
  };
}

export const sampleJudged = sample<JudgedPrediction>({
  session: parseTradeDate('2026-11-24'),
  lastClose: 1234.5,
  centre: 1236,
  lower: 1190,
  upper: 1281.5,
  probabilityUp: 0.5123,
  close: 1240,
  inside: true,
  modelVersion: 'e20261124-0001',
  source: 'walk-forward',
});

export function sampleReport(change: Partial<NewReport> = {}): NewReport {
  const { symbol, name, lastClose, lower, upper, priceBasis, modelVersion } = samplePrediction();
  const open = { late: false, close: null, inside: null };
  const over = { firstSession: null, lastSession: null, unjudged: 0, missing: 0, restated: 0 };
  const live = { judged: 0, inside: 0, coverage: null, ...over };
  const window = { sessions: 1, judgedSessions: 0, judged: 0, inside: 0, coverage: null, band: null };
  return {
    session: parseTradeDate('2026-11-24'),
    madeAt: '2026-11-24T07:00:00.000Z',
    synthetic: true,
    target: 0.93,
    predictions: [{ symbol, name, lastClose, lower, upper, priceBasis, modelVersion, ...open }],
    coverage: { day: window, windows: [], series: [], live },
    withinDay: [],
    quality: { symbols: 1, stale: [], barsAge: null },
    ...change,
  };
}

export const sampleNotice = sample<Notice>({
  kind: 'bars-old',
  subject: '2026-11-24',
  madeAt: '2026-11-24T07:00:00.000Z',
  synthetic: true,
  title: 'Bars are too old',
  lines: ['架空電機'],
  facts: { sessionsBehind: 2, nested: { camelCase: true } },
});

export function samplePaperEvent(change: Partial<PaperEvent> = {}): PaperEvent {
  const event = {
    key: '2026-11-24/pre-open/7203/0 filled',
    session: '2026-11-24',
    order: '2026-11-24/pre-open/7203/0',
    at: '2026-11-24T07:00:00.000Z',
    by: 'paper-session',
    kind: 'filled',
    symbol: '7203',
    side: 'buy',
    shares: 100,
    price: 2870.5,
    why: 'entry',
    cost: 55,
    ...change,
  };
  return event as PaperEvent;
}
