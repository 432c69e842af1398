import type { CommandDefinition } from '../../define-command.ts';
import type { ServePart } from '../../serve/serve-options.ts';

export interface ServedPart {
  readonly name: string;
  readonly summary: string;
  readonly description: string;
  /** Loaded only when the part is served, so that each starts with nothing but what it needs. */
  readonly load: () => Promise<ServePart>;
}

/** `daytrade serve <part>`: one process of a cluster. */
export function serveCommand({ name, summary, description, load }: ServedPart): CommandDefinition {
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
      const { createLogger } = await import('@daytrade/service-kit');
      const logger = createLogger({ level: settings.DAYTRADE_LOG_LEVEL });
      const serve = await load();
      await serve({ settings, logger, output: terminal.stdout, signal });
    },
  };
}
