import { routes } from '@daytrade/contracts';
import type { CommandDefinition } from '../../define-command.ts';
import { bookReport } from '../../output/paper-report.ts';
import { printResult } from '../../output/terminal.ts';

export const paperStatusCommand: CommandDefinition = {
  usage: 'status',
  summary: 'show the paper book as it stands',
  description: `Shows the paper book that was started last: its strategy and limits, whether it is halted, equity at the
newest close, drawdown, what is open, and the newest decisions. No broker is connected to it.`,
  examples: ['daytrade paper status', 'daytrade paper status --json'],
  run: async (context) => {
    const { ml } = await context.connect();
    const book = await ml.call(routes.paperBook);
    printResult(context.terminal, context.json, book, () => bookReport(book));
  },
};
