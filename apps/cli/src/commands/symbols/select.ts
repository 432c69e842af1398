import { routes, type Selection, selectionOptionsSchema } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import type { CommandDefinition } from '../../define-command.ts';
import { parseInput, textOption, wholeNumber } from '../../input.ts';
import { reportLeftOut } from '../../output/left-out-report.ts';
import { reasonTable, turnoverReport } from '../../output/selection-report.ts';
import { renderTable } from '../../output/table.ts';
import { printResult } from '../../output/terminal.ts';

export const symbolsSelectCommand: CommandDefinition = {
  usage: 'select',
  summary: 'pick the best symbols by liquidity, volatility, volume consistency and market capitalisation',
  description: `SmartSymbolSelector: scores every symbol over the last 60 sessions by liquidity (0.35), volatility
(0.25), volume consistency (0.20) and market capitalisation (0.20), drops those that miss a criterion and picks the
best. A symbol of the selection before stays until it falls clearly out: between rank COUNT - BUFFER and COUNT + BUFFER
members come first, so that a day's noise changes little. The selection before is the newest that the job
"market-preparation" kept before that session; \`daytrade symbols selections\` lists them.

--most-per-sector and --max-correlation pass over a symbol that is too much like those picked already. --why says of
each symbol of the pool why it was picked or not.`,
  examples: [
    'daytrade symbols select',
    'daytrade symbols select --count 20 --as-of 2025-06-30 --json',
    'daytrade symbols select --most-per-sector 2 --max-correlation 0.8 --why',
  ],
  configure: (command) =>
    command
      .option('--count <symbols>', 'how many to pick', '10')
      .option('--as-of <date>', 'as of the end of this session; default: the newest')
      .option('--buffer <ranks>', 'ranks about the last place within which members stay; default: 30 % of the count')
      .option('--most-per-sector <symbols>', 'symbols of one sector at most')
      .option('--max-correlation <correlation>', 'largest correlation of daily returns between two picked, -1 to 1')
      .option('--why', 'say of each symbol why it was picked or not'),
  run: async (context, { options }) => {
    const query = {
      count: wholeNumber(options.count, '--count', { min: 1, max: 500 }),
      asOf: textOption(options, 'asOf'),
      buffer: optionalNumber(options.buffer, '--buffer', 0),
      mostPerSector: optionalNumber(options.mostPerSector, '--most-per-sector', 1),
      maximumCorrelation: correlationOption(options.maxCorrelation),
    };
    const connection = await context.connect();
    const selection = await connection.data.call(routes.selection, { query });
    reportLeftOut(context.terminal, selection.leftOut);
    if (selection.poolSize === 0 && selection.leftOut.length === 0) {
      throw new DayTradeError('data.no-bars', 'there are no bars yet, so no symbol can be selected');
    }
    if (selection.symbols.length === 0) process.exitCode = nothingSelected;
    printResult(context.terminal, context.json, selection, () =>
      selection.symbols.length === 0 ? rejectionReport(selection) : selectionReport(selection, options.why === true),
    );
  },
};

function optionalNumber(text: unknown, name: string, min: number): number | undefined {
  return text === undefined ? undefined : wholeNumber(text, name, { min, max: 500 });
}

function correlationOption(text: unknown): number | undefined {
  return parseInput(selectionOptionsSchema.shape.maximumCorrelation, text, '--max-correlation');
}

/** Exit code of "not found or not ready". */
const nothingSelected = 3;
const rejectionsShown = 10;

/** Why no symbol was selected. */
function rejectionReport({ asOf, rejected }: Selection): string {
  if (rejected.length === 0) return 'No symbol is selected: no symbol has bars that can be read.';
  const rows = rejected
    .slice(0, rejectionsShown)
    .map(({ symbol, name, reasons }) => [symbol, name, reasons.join('; ')]);
  const table = renderTable([{ title: 'symbol' }, { title: 'name' }, { title: 'why not' }], rows);
  const more = rejected.length > rows.length ? `\n… and ${rejected.length - rows.length} more` : '';
  return `No symbol meets every criterion as of ${asOf ?? '–'}.\n\n${table}${more}`;
}

/** How the symbols of the pool fared, in words. */
function tally({ symbols, rejected }: Selection): string {
  const scored = symbols.length + rejected.filter(({ score }) => score !== null).length;
  const beyond = rejected.filter(({ rank }) => rank !== null).length;
  const parts = [
    `${scored} scored`,
    `${beyond} not among the best ${symbols.length}`,
    `${rejected.length - beyond} rejected by a criterion`,
  ];
  return parts.join(', ');
}

function selectionReport(selection: Selection, why: boolean): string {
  const table = renderTable(
    [
      { title: '#', align: 'right' },
      { title: 'symbol' },
      { title: 'name' },
      { title: 'score', align: 'right' },
      { title: 'liquidity', align: 'right' },
      { title: 'volatility', align: 'right' },
      { title: 'consistency', align: 'right' },
      { title: 'market cap', align: 'right' },
    ],
    selection.symbols.map(({ rank, symbol, name, score, components }) => [
      String(rank),
      symbol,
      name,
      score.toFixed(1),
      components.liquidity.score.toFixed(1),
      components.volatility.score.toFixed(1),
      components.volumeConsistency.score.toFixed(1),
      components.marketCapitalisation.score.toFixed(1),
    ]),
  );
  const synthetic = selection.symbols.some((symbol) => symbol.synthetic) ? 'SYNTHETIC bars. ' : '';
  const basis = new Set(selection.symbols.map(({ components }) => components.marketCapitalisation.basis));
  return [
    table,
    '',
    `${synthetic}As of ${selection.asOf ?? '–'} over ${selection.windowSessions} sessions: ${tally(selection)}.`,
    `Market capitalisation: ${[...basis].join('; ')}.`,
    turnoverReport(selection.turnover),
    ...(why ? ['', reasonTable(selection)] : []),
  ].join('\n');
}
