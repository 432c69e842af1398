import { routes } from '@daytrade/contracts';
import type { CommandDefinition } from '../../define-command.ts';
import { printResult } from '../../output/terminal.ts';

export const modelsPromoteCommand: CommandDefinition = {
  usage: 'promote <version>',
  summary: 'make a model version live',
  description: `Makes a registered version live. The next prediction names it; the log of activations keeps what was
live before. A version whose file is damaged or missing is refused, and so is one that was trained on other bars than
those in use: synthetic or real.`,
  examples: ['daytrade models promote m20261124-0001-1a2b3c4d'],
  configure: (command) =>
    command.option('--force', 'accept a version that was trained on other bars than those in use'),
  run: async (context, { args, options }) => {
    const connection = await context.connect();
    const answer = await connection.ml.call(routes.promote, {
      params: { version: String(args[0]) },
      body: { force: options.force === true },
    });
    printResult(context.terminal, context.json, answer, () =>
      answer.previous === answer.model.version
        ? `${answer.model.version} was live already.`
        : `${answer.model.version} is live; before it: ${answer.previous ?? 'none'}`,
    );
  },
};
