import { type Route, routes } from '@daytrade/contracts';
import { asDayTradeError, loadChosen } from '@daytrade/errors';
import { z } from 'zod';
import type { CommandContext, CommandDefinition } from '../define-command.ts';
import { connect } from '../platform/connect.ts';
import { callRoute } from '../route-command.ts';
import { version } from '../version.ts';

/** Tools by their name. Each asks a route that only reads. */
const tools = {
  list_symbols: routes.symbols,
  read_bars: routes.bars,
  latest_forecasts: routes.latestPredictions,
  forecast_history: routes.predictionHistory,
  forecasts_within_the_day: routes.today,
  accuracy: routes.accuracy,
  list_models: routes.models,
  list_runs: routes.runs,
  read_run: routes.run,
  trading_sessions: routes.sessions,
} satisfies Readonly<Record<string, Route & { readonly method: 'GET' }>>;

const instructions = `Bars and forecasts of the Tokyo Stock Exchange. A forecast is an interval [lower, upper] that
holds the next close with the promised coverage; it is no forecast of direction, and no advice. State with each number
the session that it belongs to and its price basis. An answer with "synthetic": true comes from made-up bars: say so.
The result of a backtest is in its run: list_runs with job "backtest", then read_run.`;

export const mcpCommand: CommandDefinition = {
  usage: 'mcp',
  summary: 'answer questions of an AI assistant about bars, forecasts, accuracy and backtests',
  description: `Serves the Model Context Protocol on standard input and output, for an assistant that starts it by
itself. Its tools only read: symbols, bars, forecasts, their history and accuracy, models, runs with the results of
backtests, sessions. It asks a running \`daytrade up\`, the services in DAYTRADE_SERVICES, or else opens the state
folder for each question.

It needs the package @modelcontextprotocol/sdk, which \`node scripts/install.mjs developer\` installs. Configure the
assistant with the command \`daytrade\` and the argument \`mcp\`.`,
  examples: ['daytrade mcp'],
  isService: true,
  run: async (context) => {
    const { McpServer, StdioServerTransport } = await loadChosen('mcp', '@modelcontextprotocol/sdk', async () => ({
      ...(await import('@modelcontextprotocol/sdk/server/mcp.js')),
      ...(await import('@modelcontextprotocol/sdk/server/stdio.js')),
    }));
    const server = new McpServer({ name: 'day-trade', version }, { instructions });
    const ask = oneAtATime(context);
    for (const [name, route] of Object.entries<Route>(tools)) {
      server.registerTool(name, described(route), async (asked) => {
        try {
          const answer = await ask(route, asked as Readonly<Record<string, unknown>>);
          return { content: [{ type: 'text', text: JSON.stringify(answer) }] };
        } catch (error) {
          const { code, message } = asDayTradeError(error);
          return { isError: true, content: [{ type: 'text', text: `${message} [${code}]` }] };
        }
      });
    }
    const ended = new Promise((resolve) => {
      server.server.onclose = () => resolve(undefined);
      process.stdin.once('end', resolve);
      context.signal.addEventListener('abort', resolve);
    });
    await server.connect(new StdioServerTransport());
    await ended;
    await server.close();
  },
};

/** Returns title, arguments and description of a route's tool. */
function described({ summary, description = '', params, query }: Route) {
  return {
    title: summary,
    description: `${summary}. ${description}`.trim(),
    inputSchema: z.strictObject({ ...params?.shape, ...query?.shape }),
    annotations: { readOnlyHint: true },
  };
}

/**
 * Asks the services, one question after the other. Each question opens a connection of its own, so that the state
 * folder is free between them.
 */
function oneAtATime({ settings }: CommandContext) {
  let last: Promise<unknown> = Promise.resolve();
  return (route: Route, asked: Readonly<Record<string, unknown>>): Promise<unknown> => {
    const answer = last.then(async () => {
      const connection = await connect(settings, 'mcp');
      try {
        const names = Object.keys(route.params?.shape ?? {});
        const entries = Object.entries(asked);
        const params = Object.fromEntries(entries.filter(([name]) => names.includes(name)));
        const query = Object.fromEntries(entries.filter(([name]) => !names.includes(name)));
        return await callRoute(connection, route, { params, query });
      } finally {
        await connection.close();
      }
    });
    last = answer.catch(() => undefined);
    return answer;
  };
}
