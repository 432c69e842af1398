import {
  type DataHealth,
  type FetchRequest,
  parseResult,
  routes,
  type Settings,
  type SymbolHealth,
} from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import { parseTradeDate, type TradeDate } from '@daytrade/market';
import { type ProviderDefinition, providers, type RepairFetch } from '@daytrade/market-data';
import type { CommandContext } from './define-command.ts';
import { codesOption } from './fetch-request.ts';
import { textOption } from './input.ts';
import { say, translated } from './language/language.ts';
import { count, quantity } from './output/format.ts';
import { healthReport } from './output/health-report.ts';
import { faultInWords, printNote, printResult } from './output/terminal.ts';
import type { Connection } from './platform/connect.ts';
import { programName } from './program-name.ts';
import { watchRun } from './watch-run.ts';

/**
 * Fetches bars that are damaged, missing or late again, from the provider that gave them. Symbols that are named are
 * fetched even without a known fault: their provider may have restated its bars.
 */
export async function repair(context: CommandContext, options: Readonly<Record<string, unknown>>): Promise<void> {
  const text = textOption(options, 'from');
  const from = text === undefined ? undefined : parseTradeDate(text, '--from');
  const named = codesOption(options);
  const connection = await context.connect();
  const { symbols: before } = await dataHealth(connection, named ?? []);
  const asked = named === undefined ? before.filter(isLacking) : before;
  const { sources } = await connection.data.call(routes.sources, {});
  const requests = sources.map(({ request }) => request);
  const { steps, withoutSource } = repairPlan(asked, from, requests, context.settings);
  const fetched: { readonly source: string; readonly barsAdded: number; readonly barsChanged: number }[] = [];
  for (const { request, source } of steps) {
    try {
      const { run } = await connection.data.call(routes.startFetch, { body: request });
      const result = parseResult('fetch', await watchRun(context, connection, run, say`fetch from ${source}`));
      for (const { message } of result.filesRefused) printNote(context.terminal, say`refused ${message}`);
      for (const note of result.notes) printNote(context.terminal, translated(note));
      fetched.push({ source, barsAdded: result.barsAdded, barsChanged: result.barsChanged });
    } catch (error) {
      // A source that fails keeps no other one from being asked.
      if (!(error instanceof DayTradeError) || error.code === 'run.cancelled') throw error;
      printNote(context.terminal, `${source}: ${faultInWords(error)}`);
    }
  }
  const after = await dataHealth(connection, asked.length === 0 ? [] : asked.map(({ symbol }) => symbol));
  const lacking = after.symbols.filter(isLacking);
  if (lacking.length > 0) process.exitCode = 5;
  printResult(context, { fetched, withoutSource, lacking }, () =>
    [
      ...fetched.map(
        ({ source, barsAdded, barsChanged }) =>
          say`${source}: ${quantity(barsAdded, 'bar')} added, ${count(barsChanged)} changed.`,
      ),
      ...(withoutSource.length === 0
        ? []
        : [
            say(
              'No source of {0} is known: get the files again and run {1} import FOLDER.',
              withoutSource.join(', '),
              programName,
            ),
          ]),
      lacking.length === 0 ? say`No bars are missing.` : healthReport({ ...after, symbols: lacking }, false),
    ].join('\n'),
  );
}

/** Returns whether bars are missing, late or damaged. A new fetch does not help rows that were kept out. */
function isLacking({ concerns }: SymbolHealth): boolean {
  return concerns.some(({ concern }) => concern !== 'kept-out');
}

/**
 * Returns a fetch for each source of the symbols. A damaged file does not name its source: the provider of the settings
 * takes its place.
 *
 * @param from first day of the fetches; by default the first day that a symbol lacks. A damaged file is fetched whole
 * @param requests earlier fetches that succeeded, newest first
 */
export function repairPlan(
  symbols: readonly SymbolHealth[],
  from: TradeDate | undefined,
  requests: readonly FetchRequest[],
  { DAYTRADE_PROVIDER: configured }: Pick<Settings, 'DAYTRADE_PROVIDER'>,
): { readonly steps: readonly RepairFetch[]; readonly withoutSource: readonly string[] } {
  const bySource = Map.groupBy(symbols, (health) => sourceOf(health, configured));
  const plans = Array.from(bySource, ([definition, lacking]) => {
    const [first] = lacking.flatMap((health) => firstLacking(health, from) ?? []).toSorted();
    const earlier = requests.filter(({ provider }) => provider === definition.name);
    return {
      definition,
      lacking,
      steps: definition.repair({ symbols: lacking.map(({ symbol }) => symbol), from: first }, earlier),
    };
  });
  return {
    steps: plans.flatMap(({ steps }) => steps),
    withoutSource: plans.flatMap(({ definition, steps, lacking }) =>
      steps.length === 0 && definition.readsFiles === true ? lacking.map(({ symbol }) => symbol) : [],
    ),
  };
}

/** Returns the provider of the bars. Without a known one it is the provider of the settings, else files. */
function sourceOf({ synthetic, origins }: SymbolHealth, configured: string): ProviderDefinition {
  if (synthetic) return providers.find((definition) => definition.synthetic === true)!;
  const known = origins.flatMap(({ source }) => source ?? []);
  const names: readonly string[] = known.length === 0 ? [configured] : known;
  const bySymbol = providers.find(({ name, incremental }) => incremental && names.includes(name));
  return bySymbol ?? providers.find(({ readsFiles }) => readsFiles === true)!;
}

function firstLacking(health: SymbolHealth, from: TradeDate | undefined): TradeDate | undefined {
  const { damage, firstDate, lastDate, gaps, intraday, sessionsBehind } = health;
  const first = firstDate === null ? [] : [firstDate];
  if (damage !== null) return [...first, ...(from === undefined ? [] : [from])].toSorted()[0];
  if (from !== undefined) return from;
  const late = sessionsBehind > 0 && lastDate !== null ? [lastDate] : [];
  const lacking = [...[...gaps, ...(intraday?.gaps ?? [])].map((gap) => gap.from), ...late];
  return (lacking.length === 0 ? first : lacking).toSorted()[0];
}

/**
 * Returns the health of the bars of some symbols; without symbols, of all that are in use.
 *
 * @throws DayTradeError `data.symbol-unknown`
 */
export async function dataHealth({ data }: Connection, symbols: readonly string[]): Promise<DataHealth> {
  if (symbols.length === 0) return await data.call(routes.dataHealth);
  const found: DataHealth[] = [];
  for (const symbol of symbols) found.push(await data.call(routes.dataHealth, { query: { symbol } }));
  return { symbols: found.flatMap((one) => one.symbols), barsAge: found[0]?.barsAge ?? null };
}
