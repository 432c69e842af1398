import { promotionSchema } from '@daytrade/contracts';
import type { CommandDefinition } from '../../define-command.ts';
import { printResult } from '../../output/terminal.ts';

export const modelsPromoteCommand: CommandDefinition = {
  usage: 'promote <version>',
  summary: 'make a model version live',
  description:
    'Makes a registered version live. The next prediction names it; the log of activations keeps what was live before.',
  examples: ['daytrade models promote m20261124-0001-1a2b3c4d'],
  run: async (context, { args }) => {
    const connection = await context.connect();
    const answer = await connection.ml.post(
      `/v1/models/${encodeURIComponent(String(args[0]))}/promotion`,
      promotionSchema,
    );
    printResult(
      context.terminal,
      context.json,
      answer,
      () => `${answer.model.version} is live; before it: ${answer.previous ?? 'none'}`,
    );
  },
};
