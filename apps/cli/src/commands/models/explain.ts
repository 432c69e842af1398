import { routes } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import type { CommandDefinition } from '../../define-command.ts';
import { textOption } from '../../input.ts';
import { importanceReport } from '../../output/importance-report.ts';
import { printResult } from '../../output/terminal.ts';
import type { Connection } from '../../platform/connection.ts';

export const modelsExplainCommand: CommandDefinition = {
  usage: 'explain [version]',
  summary: 'show what a model uses, and why it forecasts what it does for a symbol',
  description: `Shows the features that move the forecasts of a version (default: the live one) after the newest bars,
those that widen or narrow the intervals first. With --symbol it breaks down one forecast: base and contributions add up
to its centre and to its scale, by exact SHAP values of every tree and regression. A contribution describes what the
model did, not what causes prices.`,
  examples: ['daytrade models explain', 'daytrade models explain m20261124-0001-1a2b3c4d --symbol 7203 --json'],
  configure: (command) => command.option('--symbol <symbol>', 'also break down the forecast of this symbol'),
  run: async (context, { args, options }) => {
    const connection = await context.connect();
    const symbol = textOption(options, 'symbol');
    const version = args[0] ?? (await liveVersion(connection));
    const importance = await connection.ml.call(routes.importance, { params: { version }, query: { symbol } });
    printResult(context.terminal, context.json, importance, () => importanceReport(importance, symbol));
  },
};

async function liveVersion({ ml }: Connection): Promise<string> {
  const { live } = await ml.call(routes.models);
  if (live !== null) return live;
  throw new DayTradeError('model.none-live', 'no model is live: train one, or name a version');
}
