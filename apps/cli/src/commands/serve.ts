import type { Backing, CreatePart, OpenBacking, PartName, Shared } from '@daytrade/service/host';
import type { CommandDefinition, CommandGroup } from '../define-command.ts';
import { wholeNumber } from '../input.ts';
import { systemClock } from '../platform/system-clock.ts';
import { version } from '../version.ts';

const description = `one part of a cluster, in the foreground

The parts share one database and one Redis: three services with their APIs, one or more workers that do all
long work, and the page. Each is one process and may run any number of times, on any machine; the scheduler starts what
is due once, however many there are. (On one machine without servers \`daytrade up\` runs everything in one process.)

All parts but the page need:
  DAYTRADE_DATABASE_URL=postgres://… | sqlserver://…   database, brought up to date by \`daytrade database migrate\`
  DAYTRADE_REDIS_URL=rediss://…                        Redis
  DAYTRADE_DATABASE_PASSWORD, DAYTRADE_REDIS_PASSWORD  passwords of the two
  DAYTRADE_OBJECTS=database | s3://… | https://…       where bars and models are kept
  DAYTRADE_HOST=0.0.0.0, DAYTRADE_TOKEN                to listen beyond this machine

Neither server needs to be there at the start: a part is not ready until it can work, and recovers by itself.
See \`daytrade doctor\` for every setting.`;

/** Loaded with the part, not with the command line. */
const shared: OpenBacking<Shared> = async (context, opening) => {
  const { openShared } = await import('@daytrade/service/host');
  const { EntraIdentity } = await import('@daytrade/service/entra');
  const identity = new EntraIdentity({ environment: process.env });
  return await openShared(context, opening, identity);
};
const nothing: OpenBacking<object> = async () => ({});

/** The parts, in the order in which a newcomer starts them. */
const commands: readonly CommandDefinition[] = [
  serveCommand({
    part: 'ml',
    name: 'ml-service',
    summary: 'predictions, models and their accuracy (8000)',
    description: `The API of the ML service. It queues trainings, evaluations and audits for a worker and
publishes predictions itself.`,
    open: shared,
    load: async () => (await import('../parts/ml.ts')).createMlPart,
  }),
  serveCommand({
    part: 'data',
    name: 'data-service',
    summary: 'bars, symbols and quarantined rows (8001)',
    description: 'The API of the data service. It queues fetches for a worker.',
    open: shared,
    load: async () => (await import('@daytrade/data-service')).createDataService,
  }),
  serveCommand({
    part: 'scheduler',
    name: 'scheduler-service',
    summary: "jobs on the exchange's clock, runs, sessions (8002)",
    description: `The API of the scheduler service, and the clock that queues due jobs. It exports the length of
the queue and how long the oldest run has waited.`,
    open: shared,
    load: async () => (await import('@daytrade/scheduler-service')).createSchedulerService,
  }),
  serveCommand({
    part: 'worker',
    name: 'worker',
    summary: 'executes what the services queue (8003)',
    description: `Works on the runs of all services: fetches, trainings, evaluations, audits, predictions, reports. Its
port serves health and metrics. Jobs that write the same thing run one after another across all
workers. At SIGTERM it takes no more runs, gives those in progress DAYTRADE_DRAIN_SECONDS to finish, and returns the
rest to the queue; a run whose worker was killed runs again on another.`,
    open: shared,
    load: async () => (await import('../parts/worker.ts')).createWorker,
  }),
  serveCommand({
    part: 'dashboard',
    name: 'dashboard',
    summary: 'the web page (8080)',
    description: `The web page. It finds the services at DAYTRADE_SERVICES (default: this machine) and needs neither
database nor Redis.`,
    open: nothing,
    load: async () => (await import('../parts/dashboard.ts')).createDashboardPart,
  }),
];

export const serveGroup: CommandGroup = {
  name: 'serve',
  summary: 'one part of a cluster, on a database and Redis',
  description,
  commands,
};

interface ServedPart<Opened extends Backing> {
  readonly part: PartName;
  readonly name: string;
  readonly summary: string;
  readonly description: string;
  /** Opens the stores and the queue of the part. */
  readonly open: OpenBacking<Opened>;
  /** Loads the part when it is served, so that a process loads no other part. */
  readonly load: () => Promise<CreatePart<Opened>>;
}

const ports = { min: 0, max: 65_535 };

/** Defines `daytrade serve <part>`: one process of a cluster. */
function serveCommand<Opened extends Backing>(served: ServedPart<Opened>): CommandDefinition {
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
    configure: (command) =>
      command.option('--port <number>', 'port of this part; default: the one that follows from DAYTRADE_PORT'),
    run: async ({ settings, signal, terminal }, { options }) => {
      const port = options.port === undefined ? undefined : wholeNumber(options.port, '--port', ports);
      const { createLogger } = await import('@daytrade/service');
      const { assertMayListen } = await import('@daytrade/service/client');
      const { observed, openHost, untilAborted } = await import('@daytrade/service/host');
      assertMayListen(settings.DAYTRADE_HOST, settings.DAYTRADE_TOKEN);
      const logger = createLogger({ level: settings.DAYTRADE_LOG_LEVEL });
      const context = { settings, version, logger, clock: systemClock, random: Math.random };
      const observe = observed({ output: terminal.stdout, environment: process.env });
      await using host = await openHost({ ...context, open, parts: [[part, observe(await load())]] });
      await host.listen(part, port);
      await host.queue?.start();
      await untilAborted(signal);
    },
  };
}
