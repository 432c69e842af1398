import type { CommandDefinition } from '../define-command.ts';
import { assertOneMachine } from '../platform/connect.ts';

export const upCommand: CommandDefinition = {
  usage: 'up',
  summary: 'run the whole platform with the page, until Ctrl-C',
  description: `Runs the data service, the ML service, the scheduler on the exchange's clock and the web page in one
process, on loopback.

On an empty state folder it first makes synthetic bars, clearly labelled, trains on them and publishes predictions, so
that there is something to look at, unless the settings name a provider of real bars. Real bars displace them. Ctrl-C
drains and stops; a second one stops at once, and nothing that was finished is lost.

Standard output gets the addresses when everything is ready (with --json, one line of JSON). Standard error gets the
steps with their times, and the log, one JSON object per line; in a terminal it gets only warnings, as text, unless
DAYTRADE_LOG_LEVEL is set.`,
  examples: ['daytrade up', 'DAYTRADE_PORT=9000 daytrade up', 'daytrade up --no-synthetic'],
  configure: (command) => command.option('--no-synthetic', 'make no synthetic bars on an empty state folder'),
  run: async (context, { options }) => {
    assertOneMachine(context.settings);
    const { assertMayListen } = await import('@daytrade/service/client');
    assertMayListen(context.settings.DAYTRADE_HOST, context.settings.DAYTRADE_TOKEN);
    const { runUp } = await import('../platform/up.ts');
    await runUp(context, { synthetic: options.synthetic !== false });
  },
};
