import { paperFillsQuerySchema, routes } from '@daytrade/contracts';
import type { CommandDefinition } from '../define-command.ts';
import { parseInput, wholeNumber } from '../input.ts';
import { fillTable } from '../output/paper-report.ts';
import { printResult } from '../output/terminal.ts';

export const fillsCommand: CommandDefinition = {
  usage: 'fills',
  summary: 'show what the paper book bought and sold, at which price and cost',
  description: `Shows what the paper book bought and sold, newest session first: the price, what it cost, and whether it
was an order or what closed it (stop-loss, take-profit, the close).`,
  examples: ['daytrade fills --symbol 7203', 'daytrade fills --session 2026-11-24 --json'],
  configure: (command) =>
    command
      .option('--symbol <code>', 'only those of one symbol')
      .option('--session <date>', 'only those of one session, YYYY-MM-DD')
      .option('--limit <count>', 'most fills to show', '100'),
  run: async (context, { options }) => {
    const { shape } = paperFillsQuerySchema;
    const symbol = parseInput(shape.symbol, options.symbol, '--symbol');
    const session = parseInput(shape.session, options.session, '--session');
    const limit = wholeNumber(options.limit, '--limit', { min: 1, max: 5000 });
    const { ml } = await context.connect();
    const answer = await ml.call(routes.paperFills, { query: { symbol, session, limit } });
    printResult(context.terminal, context.json, answer, () => fillTable(answer.fills));
  },
};
