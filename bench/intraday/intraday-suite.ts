import { eachJudged, evaluateEnsemble, inlineTasks } from '@daytrade/ensemble';
import { inDayHorizons } from '@daytrade/market';
import { buildPanel, buildSessionPath, knownMornings, overnightReturns, type PanelInput } from '@daytrade/series';
import type { SuiteFindings } from '../harness/result.ts';
import type { SuiteContext } from '../harness/suite.ts';
import { missingIndex, realIndex } from '../market/real-index.ts';
import {
  dailyInputs,
  type FiveMinuteSymbol,
  fiveMinuteBars,
  fiveMinuteFolders,
  missingBars,
  wideFolders,
} from '../market/real-panel.ts';
import { evaluations } from './evaluations.ts';
import { forecastTime } from './forecast-time.ts';
import { nightRows } from './night-rows.ts';
import { openRows } from './open-rows.ts';
import { pathRows } from './path-rows.ts';
import { tradableOpenRow } from './tradable-open-row.ts';

/** Values of the Nasdaq, and of the VIX. */
const nasdaqFile = 'ndq.csv';
const vixFile = 'vix.csv';

/**
 * Forecasts of the running session's close, beside that of the evening before and beside simpler methods: walk-
 * forward, seed 1. Winkler scores are of log prices, so that intervals made from different prices compare. The open
 * and every 15 minutes go the way of a user, by `import`, `train` and `evaluate --horizon`. The daily bars are
 * adjusted for splits and dividends; the 5-minute bars are not, and lack auctions on many days.
 */
export async function measureIntraday(context: SuiteContext): Promise<SuiteFindings> {
  const absent = [
    ...[...wideFolders, ...fiveMinuteFolders].flatMap((folder) => missingBars(folder) ?? []),
    ...[nasdaqFile, vixFile].flatMap((file) => missingIndex(file) ?? []),
  ];
  if (absent.length > 0) return { comparisons: [], skipped: absent };
  context.progress('reading bars');
  const daily = (await Promise.all(wideFolders.map((folder) => dailyInputs(folder, Infinity)))).flat();
  const fiveMinutes = (await Promise.all(fiveMinuteFolders.map(fiveMinuteBars))).flat();
  const within = await withinDay(context, daily, fiveMinutes);
  const panel = buildPanel(context.quick ? daily.slice(0, 24) : daily);
  const judgedSessions = context.quick ? 60 : 500;
  context.progress(`next-close: ${panel.symbols.length} symbols`);
  const run = { runTask: inlineTasks, progress: () => undefined, now: () => performance.now() };
  const evening = [...eachJudged((await evaluateEnsemble(panel, { seed: 1, judgedSessions }, run)).judged)];
  context.progress('close@08:30 and close@open, beside the next close');
  const overnight = overnightReturns(panel.days, 'nasdaq', await realIndex('nasdaq', nasdaqFile));
  const vix = knownMornings(panel.days, 'vix', await realIndex('vix', vixFile)).slice(1);
  const night = nightRows({ panel, overnight, vix }, evening, judgedSessions);
  const open = openRows(panel, evening, judgedSessions);
  return { comparisons: [...night, ...open, ...within], skipped: [] };
}

async function withinDay(
  context: SuiteContext,
  daily: readonly PanelInput[],
  fiveMinutes: readonly FiveMinuteSymbol[],
) {
  const ofSymbol = new Map(fiveMinutes.map(({ symbol, bars }) => [symbol.symbol, bars]));
  const inputs = daily.filter(({ symbol }) => ofSymbol.has(symbol.symbol));
  const bars = inputs.map(({ symbol }) => ofSymbol.get(symbol.symbol));
  const panel = buildPanel(inputs);
  const horizons = inDayHorizons.filter((name) => name !== 'close@08:30' && (!context.quick || name.endsWith(':15')));
  const times = horizons.filter((name) => name !== 'close@open').map((name) => name.slice('close@'.length));
  const folders = { daily: wideFolders, fiveMinutes: fiveMinuteFolders };
  const evaluated = await evaluations(folders, horizons, context.progress);
  const comparisons = pathRows({ panel, path: buildSessionPath(panel, bars, times) }, evaluated);
  context.progress('the time of a forecast');
  return [...comparisons, tradableOpenRow(panel, bars), forecastTime(inputs, bars, context.quick ? 20 : 200)];
}
