import { paperOrdersQuerySchema, routes } from '@daytrade/contracts';
import type { CommandDefinition } from '../define-command.ts';
import { parseInput, wholeNumber } from '../input.ts';
import { orderTable } from '../output/paper-report.ts';
import { printResult } from '../output/terminal.ts';

export const ordersCommand: CommandDefinition = {
  usage: 'orders',
  summary: 'show the orders of the paper book with their states',
  description: `Shows the orders of the paper book, newest session first: what was asked for, what came of it, and why
an order was refused, cancelled or expired.`,
  examples: ['daytrade orders', 'daytrade orders --session 2026-11-24 --json'],
  configure: (command) =>
    command
      .option('--session <date>', 'only those of one session, YYYY-MM-DD')
      .option('--limit <count>', 'most orders to show', '100'),
  run: async (context, { options }) => {
    const session = parseInput(paperOrdersQuerySchema.shape.session, options.session, '--session');
    const limit = wholeNumber(options.limit, '--limit', { min: 1, max: 1000 });
    const { ml } = await context.connect();
    const answer = await ml.call(routes.paperOrders, { query: { session, limit } });
    printResult(context.terminal, context.json, answer, () => orderTable(answer.orders));
  },
};
