import { type KeptSelection, routes, type Selection, selectionQuerySchema } from '@daytrade/contracts';
import { scoreBasisInJapanese, selectionReasonInJapanese } from '@daytrade/contracts/japanese';
import { DayTradeError } from '@daytrade/errors';
import type { CommandDefinition } from '../define-command.ts';
import { parseInput } from '../input.ts';
import { say, sayBy } from '../language/language.ts';
import { japanClock, percent } from '../output/format.ts';
import { right, table } from '../output/table.ts';
import { printResult, reportLeftOut } from '../output/terminal.ts';
import { programName } from '../program-name.ts';
import { RequestOptions } from '../request-options.ts';
import { command } from '../route-command.ts';

const asked = new RequestOptions(selectionQuerySchema, {
  count: { help: 'symbols to pick' },
  asOf: { help: 'as of the end of this session; default: the newest' },
  buffer: { help: 'ranks about the last place within which members stay; default: 30 % of the count' },
  mostPerSector: {},
  maximumCorrelation: {
    flag: 'max-correlation',
    help: 'largest correlation of daily returns between two picked, -1 to 1',
  },
});

export const select: CommandDefinition = {
  usage: 'select',
  summary: 'pick the best symbols by liquidity, volatility, volume consistency and market capitalisation',
  description: `SmartSymbolSelector: scores every symbol over the last 60 sessions by liquidity (0.35), volatility
(0.25), volume consistency (0.20) and market capitalisation (0.20), drops those that miss a criterion and picks the
best. A symbol of the selection before stays until it falls clearly out: between rank COUNT - BUFFER and COUNT + BUFFER
members come first, so that a day's noise changes little. The selection before is the newest that the job
"market-preparation" kept before that session; \`daytrade symbols selections\` lists them.

--most-per-sector and --max-correlation pass over a symbol that is too much like those picked already. --json
also has the reason of each symbol of the pool.`,
  examples: [
    'daytrade symbols select',
    'daytrade symbols select --count 20 --as-of 2025-06-30 --json',
    'daytrade symbols select --most-per-sector 2 --max-correlation 0.8',
  ],
  configure: (built) => asked.addTo(built),
  run: async (context, { options }) => {
    const query = parseInput(selectionQuerySchema, asked.read(options), 'symbols select');
    const connection = await context.connect();
    const selection = await connection.data.call(routes.selection, { query });
    reportLeftOut(context.terminal, selection.leftOut);
    if (selection.poolSize === 0 && selection.leftOut.length === 0) {
      throw new DayTradeError('data.no-bars', 'there are no bars yet, so no symbol can be selected');
    }
    if (selection.symbols.length === 0) process.exitCode = nothingSelected;
    printResult(context, selection, () =>
      selection.symbols.length === 0 ? rejectionReport(selection) : selectionReport(selection),
    );
  },
};

/** Exit code of "not found or not ready". */
const nothingSelected = 3;
const rejectionsShown = 10;

/** Lists the reasons why no symbol was selected. */
function rejectionReport({ asOf, rejected }: Selection): string {
  if (rejected.length === 0) return say`No symbol is selected: no symbol has bars that can be read.`;
  const shown = rejected.slice(0, rejectionsShown);
  const rows = table(shown, {
    symbol: ({ symbol }) => symbol,
    name: ({ name }) => name,
    'why not': ({ reasons }) => reasonsInWords(reasons),
  });
  const more = rejected.length > shown.length ? `\n${say`… and ${rejected.length - shown.length} more`}` : '';
  return `${say`No symbol meets every criterion as of ${asOf ?? '–'}.`}\n\n${rows}${more}`;
}

/** Counts the symbols of the pool by outcome. */
function tally({ symbols, rejected }: Selection): string {
  const scored = symbols.length + rejected.filter(({ score }) => score !== null).length;
  const beyond = rejected.filter(({ rank }) => rank !== null).length;
  const failed = rejected.length - beyond;
  return say`${scored} scored, ${beyond} not among the best ${symbols.length}, ${failed} rejected by a criterion`;
}

function selectionReport(selection: Selection): string {
  const { asOf, windowSessions } = selection;
  const rows = table(selection.symbols, {
    '#': right(({ rank }) => rank),
    symbol: ({ symbol }) => symbol,
    name: ({ name }) => name,
    score: right(({ score }) => score.toFixed(1)),
    liquidity: right(({ components }) => components.liquidity.score.toFixed(1)),
    volatility: right(({ components }) => components.volatility.score.toFixed(1)),
    consistency: right(({ components }) => components.volumeConsistency.score.toFixed(1)),
    'market cap': right(({ components }) => components.marketCapitalisation.score.toFixed(1)),
  });
  const synthetic = selection.symbols.some((symbol) => symbol.synthetic) ? say`SYNTHETIC bars. ` : '';
  const basis = new Set(
    selection.symbols.map(({ components }) => sayBy(scoreBasisInJapanese, components.marketCapitalisation.basis)),
  );
  return [
    rows,
    '',
    synthetic + say`As of ${asOf ?? '–'} over ${windowSessions} sessions: ${tally(selection)}.`,
    say`Market capitalisation: ${[...basis].join('; ')}.`,
    turnoverReport(selection.turnover),
  ].join('\n');
}

/** Names the symbols that entered and left since the selection before. */
function turnoverReport({ previous, entered, left, share }: Selection['turnover']): string {
  if (previous === null)
    return say`Turnover: no selection was kept before; the job "market-preparation" keeps one a day.`;
  if (entered.length + left.length === 0) return say`Turnover since ${previous}: 0 %, the same symbols.`;
  const came = entered.join(', ') || say`none`;
  const went = left.map(({ symbol, reasons }) => `${symbol} (${reasonsInWords(reasons)})`).join(', ') || say`none`;
  return say`Turnover since ${previous}: ${percent(share)}; new: ${came}; gone: ${went}.`;
}

function reasonsInWords(reasons: readonly string[]): string {
  return reasons.map((reason) => sayBy(selectionReasonInJapanese, reason)).join(say`; `);
}

export const selections = command(routes.keptSelections, {
  usage: 'selections',
  summary: 'list the selections that mornings made, with who came and who went',
  description: `Lists the selections that the job "market-preparation" kept, newest first, one a session: which symbols
were picked, and which share of them was new. --json also has why each was picked, its scores, and why others left.
The limits of the job are its payload, in the section [jobs.market-preparation] of the settings file.`,
  examples: ['daytrade symbols selections', 'daytrade symbols selections --limit 60 --json'],
  options: { limit: { help: 'selections to show' } },
  text: ({ selections: kept }) => selectionList(kept),
});

function selectionList(kept: readonly KeptSelection[]): string {
  if (kept.length === 0) {
    const job = `\`${programName} jobs run market-preparation\``;
    return say`No selection is kept yet: one is made at 08:30 Japan time, or by ${job}.`;
  }
  const rows = table(kept, {
    'as of': ({ asOf }) => asOf,
    'made (JST)': ({ madeAt }) => japanClock(madeAt),
    pool: right(({ poolSize }) => poolSize),
    turnover: right(({ turnover }) => percent(turnover.share)),
    symbols: ({ symbols }) => symbols.map(({ symbol }) => symbol).join(' '),
    new: ({ turnover }) => (turnover.previous === null ? '' : turnover.entered.join(' ')),
    gone: ({ turnover }) => turnover.left.map(({ symbol }) => symbol).join(' '),
  });
  const shares = kept.flatMap(({ turnover }) => turnover.share ?? []);
  if (shares.length === 0) return rows;
  const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
  return `${rows}\n\n${say`Mean turnover of ${shares.length}: ${percent(mean)}.`}`;
}
