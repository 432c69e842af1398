import type { Backing, CreatePart, OpenBacking, PartName } from '@daytrade/service/host';
import type { CommandDefinition } from '../../define-command.ts';
import { systemClock } from '../../platform/system-clock.ts';
import { version } from '../../version.ts';

export interface ServedPart<Opened extends Backing> {
  readonly part: PartName;
  readonly name: string;
  readonly summary: string;
  readonly description: string;
  /** Opens what the part stands on. */
  readonly open: OpenBacking<Opened>;
  /** Loaded only when the part is served, so that each starts with nothing but what it needs. */
  readonly load: () => Promise<CreatePart<Opened>>;
}

/** `daytrade serve <part>`: one process of a cluster. */
export function serveCommand<Opened extends Backing>(served: ServedPart<Opened>): CommandDefinition {
  const { part, name, summary, description, open, load } = served;
  return {
    usage: name,
    summary,
    description: `${description}

It runs until SIGTERM: then /readyz fails, requests are still served for DAYTRADE_DRAIN_PAUSE_SECONDS, open ones get
DAYTRADE_DRAIN_SECONDS, and the process ends with 0. /healthz checks only the process itself, /readyz whether it can
serve, and /metrics needs the token. Standard output is the log, one JSON object per line. See
\`daytrade serve --help\` for what all parts need.`,
    examples: [`daytrade serve ${name}`],
    isService: true,
    run: async ({ settings, signal, terminal }) => {
      const { createLogger } = await import('@daytrade/service');
      const { assertMayListen } = await import('@daytrade/service/client');
      const { observed, openHost, untilAborted } = await import('@daytrade/service/host');
      assertMayListen(settings.DAYTRADE_HOST, settings.DAYTRADE_TOKEN);
      const logger = createLogger({ level: settings.DAYTRADE_LOG_LEVEL });
      const context = { settings, version, logger, clock: systemClock, random: Math.random };
      const create = observed(await load(), terminal.stdout, process.env);
      await using host = await openHost({ ...context, open, parts: [[part, create]] });
      await host.listen(part);
      await host.queue?.start();
      await untilAborted(signal);
    },
  };
}
