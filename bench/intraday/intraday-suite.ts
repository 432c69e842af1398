import { eachJudged, evaluateEnsemble, inlineTasks } from '@daytrade/ensemble';
import { inDayHorizons } from '@daytrade/market';
import { buildPanel, buildSessionPath, knownMornings, overnightReturns, type PanelInput } from '@daytrade/series';
import type { SuiteFindings } from '../harness/result.ts';
import type { SuiteContext } from '../harness/suite.ts';
import { missingIndex, realIndex } from '../market/real-index.ts';
import { dailyInputs, type FiveMinuteSymbol, fiveMinuteBars, missingBars, wideFolders } from '../market/real-panel.ts';
import { splicedDays } from '../market/spliced-days.ts';
import { forecastTime } from './forecast-time.ts';
import { nightRows } from './night-rows.ts';
import { openRows } from './open-rows.ts';
import { pathRows } from './path-rows.ts';
import { tradableOpenRow } from './tradable-open-row.ts';

/** Folders of 5-minute bars that are taken together. */
const fiveMinuteFolders = ['5min-2025', '5min-2025-more'] as const;
/** Values of the Nasdaq, and of the VIX. */
const nasdaqFile = 'ndq.csv';
const vixFile = 'vix.csv';

const notes = [
  'Walk-forward out of sample, in time order, seed 1. Winkler scores are of log prices, so that intervals made from ' +
    'different prices compare. Day-block intervals come from a bootstrap over blocks of 10 sessions.',
  'Every 15 minutes: the close is the last price of the 5-minute bars, and the days of the 5-minute bars take the ' +
    'place of the daily ones from their beginning on, since the opens and closes of the two vendors differ. Both ' +
    'sides are clipped to the price limit and rounded to the tick. Few sessions, with a crash among them: see the ' +
    'day-block interval.',
];

/** Forecasts of the running session's close, beside that of the evening before and beside simpler methods. */
export async function measureIntraday(context: SuiteContext): Promise<SuiteFindings> {
  const absent = [
    ...[...wideFolders, ...fiveMinuteFolders].flatMap((folder) => missingBars(folder) ?? []),
    ...[nasdaqFile, vixFile].flatMap((file) => missingIndex(file) ?? []),
  ];
  if (absent.length > 0) return { comparisons: [], tables: [], notes, skipped: absent };
  context.progress('reading bars');
  const daily = (
    await Promise.all(wideFolders.map((folder) => dailyInputs(folder, context.quick ? 12 : Infinity)))
  ).flat();
  const fiveMinutes = (await Promise.all(fiveMinuteFolders.map(fiveMinuteBars))).flat();
  const within = withinDay(context, daily, fiveMinutes);
  const panel = buildPanel(daily);
  const judgedSessions = context.quick ? 60 : 500;
  context.progress(`next-close: ${panel.symbols.length} symbols`);
  const run = { runTask: inlineTasks, progress: () => undefined, now: () => performance.now() };
  const evening = [...eachJudged((await evaluateEnsemble(panel, { seed: 1, judgedSessions }, run)).judged)];
  context.progress('close@08:30 and close@open, beside the next close');
  const overnight = overnightReturns(panel.days, 'nasdaq', await realIndex('nasdaq', nasdaqFile));
  const vix = knownMornings(panel.days, 'vix', await realIndex('vix', vixFile)).slice(1);
  const night = nightRows({ panel, overnight, vix }, evening, judgedSessions);
  const open = openRows(panel, evening, judgedSessions);
  return {
    comparisons: [...night.comparisons, ...open.comparisons, ...within.comparisons],
    tables: [night.table, open.table, within.table],
    notes,
    skipped: [],
  };
}

function withinDay(context: SuiteContext, daily: readonly PanelInput[], fiveMinutes: readonly FiveMinuteSymbol[]) {
  const days = new Map(daily.map(({ symbol, bars }) => [symbol.symbol, bars]));
  const inputs = fiveMinutes.map(({ symbol, bars }) => ({ symbol, bars: splicedDays(days.get(symbol.symbol), bars) }));
  const bars = fiveMinutes.map((own) => own.bars);
  const panel = buildPanel(inputs);
  const times = inDayHorizons.map((name) => name.slice('close@'.length)).filter((time) => /^(09|1\d):/.test(time));
  const some = context.quick ? times.filter((time) => time.endsWith(':15')) : times;
  const { comparisons, table } = pathRows(panel, buildSessionPath(panel, bars, some), context.progress);
  context.progress('the time of a forecast');
  const rest = [tradableOpenRow(panel, bars), forecastTime(inputs, bars, context.quick ? 20 : 200)];
  return { comparisons: [...comparisons, ...rest], table };
}
