import { routes } from '@daytrade/contracts';
import type { CommandDefinition } from '../../define-command.ts';
import { printResult } from '../../output/terminal.ts';

export const modelsRollbackCommand: CommandDefinition = {
  usage: 'rollback',
  summary: 'return to the model that was live before',
  description: `Makes the version live that was live before the present one. Rolling back again goes further back.
Versions whose file is damaged or missing, or that were trained on other bars than those in use (synthetic or real), are
skipped and named.`,
  examples: ['daytrade models rollback'],
  configure: (command) =>
    command.option('--force', 'accept a version that was trained on other bars than those in use'),
  run: async (context, { options }) => {
    const connection = await context.connect();
    const body = { force: options.force === true };
    const answer = await connection.ml.call(routes.rollBack, { body });
    printResult(context.terminal, context.json, answer, () =>
      [
        `${answer.model.version} is live again; before: ${answer.previous ?? 'none'}`,
        ...answer.passedOver.map(({ reason }) => `  passed over: ${reason}`),
      ].join('\n'),
    );
  },
};
