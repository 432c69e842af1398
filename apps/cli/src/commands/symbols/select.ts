import { type Selection, selectionSchema } from '@daytrade/contracts';
import type { CommandDefinition } from '../../define-command.ts';
import { wholeNumber } from '../../input.ts';
import { renderTable } from '../../output/table.ts';
import { printResult } from '../../output/terminal.ts';

export const symbolsSelectCommand: CommandDefinition = {
  usage: 'select',
  summary: 'pick the best symbols by liquidity, volatility, volume consistency and market capitalisation',
  description: `SmartSymbolSelector: scores every symbol over the last 60 sessions by liquidity (0.35), volatility (0.25), volume consistency
(0.20) and market capitalisation (0.20), drops what misses a criterion and picks the best.`,
  examples: ['daytrade symbols select', 'daytrade symbols select --count 20 --as-of 2025-06-30 --json'],
  configure: (command) =>
    command
      .option('--count <symbols>', 'how many to pick', '10')
      .option('--as-of <date>', 'as it was after this session; default: the newest'),
  run: async (context, { options }) => {
    const count = wholeNumber(options.count, '--count', { min: 1, max: 500 });
    const asOf = options.asOf as string | undefined;
    const connection = await context.connect();
    const selection = await connection.data.get('/v1/symbols/selection', selectionSchema, { query: { count, asOf } });
    printResult(context.terminal, context.json, selection, () => selectionReport(selection));
  },
};

function selectionReport(selection: Selection): string {
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
    `${synthetic}As of ${selection.asOf ?? '–'}, ${selection.poolSize} symbols scored over ${selection.windowSessions} sessions, ${selection.rejected.length} rejected.`,
    `Market capitalisation: ${[...basis].join('; ')}.`,
  ].join('\n');
}
