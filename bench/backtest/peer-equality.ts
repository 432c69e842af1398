import { limitColumns, type PanelInput } from '@daytrade/series';
import { type SimulationSettings, simulate, withoutCosts, withoutLimits } from '@daytrade/trading';
import { type Comparison, compare, type PlainTable } from '../harness/result.ts';
import { alone } from './peer-bars.ts';
import { cash, type PeerAnswer, type PeerPrograms } from './peer-programs.ts';
import { type PeerRule, peerRules } from './peer-rules.ts';

/** What all backtesters agree on: market orders at the open, for nothing. */
const free: SimulationSettings = {
  account: 'margin',
  cash,
  costs: withoutCosts,
  limits: withoutLimits,
  rules: false,
  participation: 1,
};

/** Relative differences of two sides, as a bar allows them. */
const [ofEquity, ofEnd] = [1e-9, 1e-6];

/** What a rule gave on one symbol: its trades as text, and the equity of each session. */
interface Own {
  readonly trades: string;
  readonly equity: Float64Array;
}

/** The same rules on the same bars, rules of the exchange and costs off, here and by the peers. */
export async function compareEquality(inputs: readonly PanelInput[], peers: PeerPrograms) {
  const answers = await peers.equality();
  const ofZipline = await peers.zipline();
  const rows: EqualRow[] = [];
  for (const rule of Object.keys(peerRules) as PeerRule[]) {
    const own = inputs.map((input) => ownOf(rule, input));
    rows.push(...rowsOf(rule, own, answers[rule]));
    if (typeof ofZipline !== 'string') rows.push(endRow('zipline-reloaded', rule, own, ofZipline[rule]));
  }
  const skipped = typeof ofZipline === 'string' ? [ofZipline] : [];
  return { comparisons: rows.map(comparisonOf), tables: [tableOf(rows)], skipped };
}

interface EqualRow {
  readonly peer: string;
  readonly rule: PeerRule;
  readonly what: string;
  readonly equal: number;
  readonly of: number;
  readonly note: string;
}

function rowsOf(rule: PeerRule, own: readonly Own[], theirs: PeerAnswer): readonly EqualRow[] {
  const trades = own.filter((one, i) => one.trades === textOf(theirs.backtesting[i]!.trades)).length;
  const count = own.reduce((sum, one) => sum + one.trades.split(';').length, 0);
  return [
    { peer: 'backtesting.py', rule, what: 'trades', equal: trades, of: own.length, note: `${count} trades` },
    equityRow(
      'backtesting.py',
      rule,
      own,
      theirs.backtesting.map(({ equity }) => equity),
    ),
    equityRow('vectorbt', rule, own, theirs.vectorbt),
    endRow('bt', rule, own, theirs.bt),
  ];
}

function equityRow(
  peer: string,
  rule: PeerRule,
  own: readonly Own[],
  theirs: readonly (readonly number[])[],
): EqualRow {
  const errors = own.map(({ equity }, i) => largestError(equity, theirs[i]!));
  return rowOfErrors({ peer, rule, what: 'equity of every session to 1e-9' }, errors, ofEquity);
}

function endRow(peer: string, rule: PeerRule, own: readonly Own[], theirs: readonly number[]): EqualRow {
  const errors = own.map(({ equity }, i) => largestError([equity.at(-1)!], [theirs[i]!]));
  return rowOfErrors({ peer, rule, what: 'equity at the end to 1e-6' }, errors, ofEnd);
}

function rowOfErrors(
  row: Pick<EqualRow, 'peer' | 'rule' | 'what'>,
  errors: readonly number[],
  allowed: number,
): EqualRow {
  const equal = errors.filter((error) => error <= allowed).length;
  return { ...row, equal, of: errors.length, note: `largest difference ${Math.max(...errors).toExponential(1)}` };
}

/** Infinity where one side has other sessions than the other. */
function largestError(one: ArrayLike<number>, other: ArrayLike<number>): number {
  let largest = one.length === other.length ? 0 : Infinity;
  for (let i = 0; i < one.length; i += 1) largest = Math.max(largest, Math.abs(other[i]! / one[i]! - 1));
  return largest;
}

function ownOf(rule: PeerRule, input: PanelInput): Own {
  const panel = alone(input);
  const data = { panel, limits: limitColumns(panel) };
  const to = panel.days.length;
  const { trades, net } = simulate({ data, decideAt: () => peerRules[rule], settings: free, from: 0, to });
  return {
    trades: textOf(trades.map(({ opened, closed, entry, exit }) => [opened, closed, entry, exit])),
    equity: net,
  };
}

function textOf(trades: readonly (readonly number[])[]): string {
  return trades
    .toSorted(([one], [other]) => one! - other!)
    .map((trade) => trade.join())
    .join(';');
}

function comparisonOf({ peer, rule, what, equal, of, note }: EqualRow): Comparison {
  return compare({
    name: `${rule}: ${what}, as by ${peer}`,
    unit: 'of all symbols',
    figure: (100 * equal) / of,
    kind: 'share',
    bar: { sense: 'at least', must: 100 },
    note: `${equal} of ${of} symbols, ${note}`,
  });
}

function tableOf(rows: readonly EqualRow[]): PlainTable {
  return {
    title: 'Rules and costs off: symbols that are equal',
    header: ['peer', 'rule', 'what', 'equal', 'of'],
    rows: rows.map(({ peer, rule, what, equal, of }) => [peer, rule, what, `${equal}`, `${of}`]),
  };
}
