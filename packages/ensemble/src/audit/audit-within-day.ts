import type { LeakAlarm } from '@daytrade/contracts';
import { dateOfDayNumber, type InDayHorizon, instantOf } from '@daytrade/market';
import {
  type BarRows,
  barMilliseconds,
  buildSessionPath,
  type FeatureMatrix,
  type IntradayColumns,
  type LogReturnColumn,
  mapBars,
  type Panel,
  type SessionIndex,
  slicePanel,
} from '@daytrade/series';
import { buildInDayDataset } from '../in-day/in-day-dataset.ts';
import {
  type AuditFindings,
  type CheckResult,
  checked,
  dateAt,
  probeSessions,
  sameValue,
  skipped,
} from './audited-pipeline.ts';

/** Sessions at which what followed is changed. */
const probes = 4;

/** Newest sessions that are looked at: the columns are the same before, and each change takes a computation of all. */
const newestSessions = 300;

/** Adds to the findings of an audit what the forecasts within the day know before its time. */
export function auditWithinDay(findings: AuditFindings, bars: WithinDayBars): AuditFindings {
  const { check, alarms } = checkWithinDay(productWithinDay, newest(bars), probes);
  return {
    ...findings,
    passed: findings.passed && check.outcome === 'passed',
    alarms: [...findings.alarms, ...alarms],
    checks: [...findings.checks, check],
  };
}

function newest({ panel, bars, overnight, vix }: WithinDayBars): WithinDayBars {
  const from = Math.max(0, panel.days.length - newestSessions);
  return {
    panel: slicePanel(panel, from, panel.days.length),
    bars,
    overnight: overnight?.subarray(from),
    vix: vix?.subarray(from),
  };
}

/** The stored input of forecasts within the day: 5-minute bars by symbol of the panel. */
export interface WithinDayBars {
  readonly panel: Panel;
  readonly bars: readonly (IntradayColumns | undefined)[];
  readonly overnight?: LogReturnColumn | undefined;
  readonly vix?: Float64Array | undefined;
}

/** The way from bars to the columns of one horizon, which the audit calls again on other bars. */
export interface WithinDayPipeline {
  readonly name: string;
  /** Row `t * symbols + s` is what the forecast of the close of session t + 1 knows, at the horizon's time of it. */
  columns(bars: WithinDayBars, horizon: InDayHorizon): FeatureMatrix;
}

/** The product's view at a horizon: the columns of its scale and centre, and the price that it starts from. */
export const productWithinDay: WithinDayPipeline = {
  name: 'within the day',
  columns: ({ panel, bars, overnight, vix }, horizon) => {
    const time = horizon.slice('close@'.length);
    const path = buildSessionPath(panel, bars, time === 'open' ? [] : [time]);
    const dataset = buildInDayDataset({ panel, path, overnight, vix }, horizon);
    const { scaleColumns, centreColumns, close, scale } = dataset;
    const columns = [scaleColumns.values, centreColumns.values, close, scale];
    const values = new Float32Array(columns.reduce((length, column) => length + column.length, 0));
    let from = 0;
    for (const column of columns) {
      values.set(column, from);
      from += column.length;
    }
    return { names: [...scaleColumns.names, ...centreColumns.names, 'price', 'scale'], rows: close.length, values };
  },
};

/** Horizons that stand for all: the others are made in the same way. */
const auditedHorizons = ['close@08:30', 'close@open', 'close@10:00', 'close@14:30'] as const;

/**
 * Computes the columns of horizons within the day again on bars of which everything is changed that was not known at
 * the horizon of a probed session: a column that differs up to there has read what its time did not have. Horizons
 * without data are passed over.
 */
export function checkWithinDay(pipeline: WithinDayPipeline, bars: WithinDayBars, probeCount: number): CheckResult {
  const { panel } = bars;
  const probes = probeSessions(panel.days.length, probeCount);
  if (probes.length === 0) return skipped('within-day', `${panel.days.length} sessions are too few to change`);
  const alarms = new Map<string, LeakAlarm>();
  const examined: InDayHorizon[] = [];
  for (const horizon of auditedHorizons) {
    const whole = pipeline.columns(bars, horizon);
    if (whole.values.every((value) => Number.isNaN(value))) continue;
    examined.push(horizon);
    for (const t of probes) {
      const again = pipeline.columns(changedAfter(bars, t + 1, horizon), horizon);
      for (const { name, symbol } of differences(whole, again, t, panel.symbols.length)) {
        if (!alarms.has(name)) alarms.set(name, alarmOf(bars, name, symbol, t + 1, horizon));
      }
    }
  }
  const what = `columns of ${examined.join(', ')} computed again at ${probes.length} changes`;
  return checked('within-day', what, [...alarms.values()]);
}

/** Columns that differ in a row up to session `t`, with the place of the symbol of the last such row. */
function differences(whole: FeatureMatrix, again: FeatureMatrix, t: SessionIndex, symbols: number) {
  return whole.names.flatMap((name, f) => {
    for (let row = (t + 1) * symbols - 1; row >= 0; row -= 1) {
      const place = f * whole.rows + row;
      if (!sameValue(whole.values[place]!, again.values[place]!)) return [{ name, symbol: row % symbols }];
    }
    return [];
  });
}

function alarmOf(
  { panel }: WithinDayBars,
  column: string,
  s: number,
  session: SessionIndex,
  horizon: InDayHorizon,
): LeakAlarm {
  const { symbol } = panel.symbols[s]!;
  const firstSession = dateAt(panel, session);
  const message = `${column} of ${symbol} at ${horizon} of ${firstSession} changes with what followed`;
  return { kind: 'within-day', column, firstSession, symbol, message };
}

/** Returns the factor on a column of bars that a forecast cannot know yet. */
function otherFactor(name: keyof BarRows): number {
  return name === 'volume' ? 7 : 1.04;
}

/** The bars with everything changed that is not known yet at a horizon of a session. */
function changedAfter(
  { panel, bars, overnight, vix }: WithinDayBars,
  session: SessionIndex,
  horizon: InDayHorizon,
): WithinDayBars {
  const time = horizon.slice('close@'.length);
  const knownAt = instantOf(dateOfDayNumber(panel.days[session]!), time === 'open' ? '09:00' : time);
  return {
    panel: changedPanel(panel, session, horizon),
    bars: bars.map((own) => own && changedBars(own, knownAt)),
    // Values known at 08:30 of session t + 1 are at t.
    overnight: overnight?.map((value, t) => (t >= session ? 0.01 - 2 * value : value)),
    vix: vix?.map((value, t) => (t >= session ? 60 - value : value)),
  };
}

/** The session's bar is unknown except its open, and only from the open on. */
function changedPanel(panel: Panel, session: SessionIndex, horizon: InDayHorizon): Panel {
  const from = session * panel.symbols.length;
  const openFrom = horizon === 'close@08:30' ? from : from + panel.symbols.length;
  const changed = mapBars(panel, (column, name) =>
    column.map((value, row) => (row >= (name === 'open' ? openFrom : from) ? value * otherFactor(name) : value)),
  );
  return { ...panel, ...changed };
}

function changedBars(own: IntradayColumns, knownAt: number): IntradayColumns {
  const changed = mapBars(own, (column, name) =>
    column.map((value, i) => (own.times[i]! + barMilliseconds > knownAt ? value * otherFactor(name) : value)),
  );
  return { times: own.times, ...changed };
}
