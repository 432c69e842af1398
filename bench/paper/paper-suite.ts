import type { BacktestData } from '@daytrade/backtest';
import type { PaperSettings } from '@daytrade/contracts';
import { dateOfDayNumber, instantOf } from '@daytrade/market';
import { crashFaults, differingFills, noiseDays, type Recorded, replay } from '@daytrade/paper/testing';
import { buildPanel, limitColumns, seededRandom } from '@daytrade/series';
import { type Comparison, compare, type SuiteFindings } from '../harness/result.ts';
import type { SuiteContext } from '../harness/suite.ts';
import { dailyInputs, fiveMinuteBars, missingBars } from '../market/real-panel.ts';
import { splicedDays } from '../market/spliced-days.ts';

const folders = ['daily-2021-2025-adjusted', '5min-2025'] as const;
const none = { sense: 'at most', must: 0 } as const;

const notes = [
  'Real 5-minute bars are replayed on a clock that is moved from step to step; of each session a step sees what was ' +
    'finished by then. The days that the 5-minute bars make take the place of the daily ones. Crashes are random: ' +
    'before or after anything that is written down or sent; half of them with a halt within a session.',
];

const settings: PaperSettings = {
  strategy: 'gap-fade',
  parameters: { entry: 0.5, most: 10, invested: 0.9 },
  account: 'day-margin',
  cash: 10_000_000,
  commission: 'per-order',
  spreadTicks: 1,
  impact: 1,
  participation: 0.01,
  maxPosition: 2_000_000,
  maxExposure: 10_000_000,
  // A backtest halts at a close alone.
  maxSessionLoss: 10_000_000,
  synthetic: false,
};

/** Whether paper does what was backtested, and what crashes do to its orders. */
export async function measurePaper(context: SuiteContext): Promise<SuiteFindings> {
  const absent = folders.flatMap((folder) => missingBars(folder) ?? []);
  const fills = absent.length > 0 ? [] : await compareFills(context);
  return { comparisons: [...fills, ...(await compareCrashes(context))], tables: [], notes, skipped: absent };
}

async function compareFills({ quick, progress }: SuiteContext): Promise<readonly Comparison[]> {
  progress('reading bars');
  const data = await recordedDays();
  const sessions = quick ? 5 : 40;
  const to = data.panel.days.length;
  const kinds = [
    { account: 'day-margin', parameters: { entry: 0.5, most: 10, invested: 0.9 } },
    { account: 'margin', parameters: { entry: 0.25, most: 20, invested: 1.5 } },
    { strategy: 'always-long', account: 'cash', parameters: { most: 10, invested: 0.9 } },
  ] as const;
  const rows: Comparison[] = [];
  for (const kind of kinds) {
    const own = { ...settings, ...kind };
    progress(`${own.strategy}, ${own.account}: ${sessions} sessions`);
    const { fills, differing } = await differingFills({ data, settings: own, from: to - sessions, to });
    rows.push(
      compare({
        name: `Fills that differ from the backtest's: ${own.strategy}, ${own.account}`,
        unit: `of ${fills} fills`,
        figure: (100 * differing.length) / Math.max(1, fills),
        kind: 'share',
        bar: none,
        note: differing[0] ?? `${fills} fills of ${data.panel.symbols.length} symbols, ${sessions} sessions`,
      }),
    );
  }
  return rows;
}

async function recordedDays(): Promise<BacktestData> {
  const daily = new Map((await dailyInputs(folders[0], Infinity)).map((own) => [own.symbol.symbol, own.bars]));
  const fiveMinutes = await fiveMinuteBars(folders[1]);
  const panel = buildPanel(
    fiveMinutes.map(({ symbol, bars }) => ({ symbol, bars: splicedDays(daily.get(symbol.symbol), bars) })),
  );
  return { panel, limits: limitColumns(panel), intraday: fiveMinutes.map(({ bars }) => bars) };
}

async function compareCrashes({ quick, progress }: SuiteContext): Promise<readonly Comparison[]> {
  const seeds = quick ? 20 : 1_000;
  const data = noiseDays({ symbols: 4, sessions: 36, seed: 4 });
  const parameters = { entry: 0.2, most: 4, invested: 0.9 };
  const recorded: Recorded = { data, settings: { ...settings, parameters }, from: 32, to: 35 };
  const haltAt = instantOf(dateOfDayNumber(data.panel.days[33]!), '09:22');
  const [whole, halted] = [await replay(recorded), await replay(recorded, { haltAt })];
  const faults = { lost: 0, doubled: 0, afterHalt: 0 };
  for (let seed = 0; seed < seeds; seed += 1) {
    if (seed % 100 === 0) progress(`${seed} of ${seeds} seeds of crashes`);
    const isHalted = seed % 2 === 1;
    const found = await crashFaults(
      recorded,
      isHalted ? halted : whole,
      seededRandom(seed),
      isHalted ? haltAt : undefined,
    );
    faults.lost += found.lost;
    faults.doubled += found.doubled;
    faults.afterHalt += found.afterHalt;
  }
  const row = (name: string, count: number) =>
    compare({ name, unit: `in ${seeds} seeds`, figure: count, kind: 'share', bar: none, note: `${seeds} seeds` });
  return [
    row('Orders lost by crashes', faults.lost),
    row('Orders doubled by crashes', faults.doubled),
    row('Orders sent after a halt', faults.afterHalt),
  ];
}
