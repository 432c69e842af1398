import { promotionSchema } from '@daytrade/contracts';
import type { CommandDefinition } from '../../define-command.ts';
import { printResult } from '../../output/terminal.ts';

export const modelsRollbackCommand: CommandDefinition = {
  usage: 'rollback',
  summary: 'make the model live that was live before',
  description: 'Goes back to the version that was live before the present one. Rolling back again goes further back.',
  examples: ['daytrade models rollback'],
  run: async (context) => {
    const connection = await context.connect();
    const answer = await connection.ml.post('/v1/models/rollback', promotionSchema);
    printResult(
      context.terminal,
      context.json,
      answer,
      () => `${answer.model.version} is live again; before: ${answer.previous ?? 'none'}`,
    );
  },
};
