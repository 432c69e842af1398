import { routes } from '@daytrade/contracts';
import type { CommandDefinition } from '../define-command.ts';
import { positionTable } from '../output/paper-report.ts';
import { printResult } from '../output/terminal.ts';

export const positionsCommand: CommandDefinition = {
  usage: 'positions',
  summary: 'show what the paper book holds',
  description: 'Shows what the paper book holds at the newest settled close, with its profit before costs.',
  examples: ['daytrade positions', 'daytrade positions --json'],
  run: async (context) => {
    const { ml } = await context.connect();
    const answer = await ml.call(routes.paperPositions);
    printResult(context.terminal, context.json, answer, () => positionTable(answer.positions));
  },
};
