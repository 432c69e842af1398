import { once } from 'node:events';
import { portOf, type portOffsets, type Settings } from '@daytrade/contracts';
import type { Clock, JobQueue } from '@daytrade/jobs';
import { drain, type ListenAddress, listen } from '../server/lifecycle.ts';
import type { Logger } from '../server/logging.ts';
import type { Service } from '../service.ts';

/**
 * Parts of the platform in this process and their backing. Closing drains the parts, then closes the rest in reverse.
 */
export type Host<Opened extends Backing, Name extends PartName> = Opened &
  AsyncDisposable & {
    readonly services: Readonly<Record<Name, Service>>;
    /** Adds a part, which may call the existing ones. */
    add(name: PartName, create: CreatePart<Opened>): Promise<void>;
    /**
     * @param port default: the one that follows from `DAYTRADE_PORT`
     * @throws DayTradeError `settings.invalid`, `service.port-in-use`
     */
    listen(name: PartName, port?: number): Promise<ListenAddress>;
    close(): Promise<void>;
  };

/**
 * Creates the parts in the given order. They neither listen nor execute runs yet.
 *
 * @throws DayTradeError the error of `open` or of a part, after everything opened is closed
 */
export async function openHost<Opened extends Backing, Name extends PartName>({
  open,
  parts,
  ...context
}: HostContext & {
  readonly open: OpenBacking<Opened>;
  readonly parts: readonly (readonly [Name, CreatePart<Opened>])[];
}): Promise<Host<Opened, Name>> {
  await using opening = new AsyncDisposableStack();
  const backing = await open({ ...context, works: parts.some(([name]) => name === 'worker') }, opening);
  const services = {} as Record<PartName, Service>;
  const ofParts = opening.use(new AsyncDisposableStack());
  opening.defer(() => drainAll(services, backing.queue, context));
  const add = async (name: PartName, create: CreatePart<Opened>): Promise<void> => {
    services[name] = await create({ ...context, ...backing, services, opening: ofParts });
  };
  for (const [name, create] of parts) await add(name, create);
  const { settings } = context;
  const listenWith = async (name: PartName, port = portOf(settings, name)): Promise<ListenAddress> =>
    await listen(services[name], { host: settings.DAYTRADE_HOST, port });
  const opened = opening.move();
  const close = () => opened.disposeAsync();
  return { ...backing, services, add, listen: listenWith, close, [Symbol.asyncDispose]: close };
}

/**
 * Drains all parts at once, then the queue. Readiness fails; parts that listen serve for
 * `DAYTRADE_DRAIN_PAUSE_SECONDS`; open requests get `DAYTRADE_DRAIN_SECONDS`. The queue follows, since a request may
 * queue a run. A worker gets no such requests, so its queue stops at once.
 */
async function drainAll(
  services: Readonly<Partial<Record<PartName, Service>>>,
  queue: JobQueue | undefined,
  { settings, logger }: HostContext,
): Promise<void> {
  const drainSeconds = settings.DAYTRADE_DRAIN_SECONDS;
  const drained = Promise.all(
    Object.values(services).map((service) => {
      const pauseSeconds = service.server.listening ? settings.DAYTRADE_DRAIN_PAUSE_SECONDS : 0;
      return drain(service, { drainSeconds, pauseSeconds });
    }),
  );
  const stop = async () => await queue?.stop(drainSeconds);
  if (services.worker !== undefined) await Promise.all([drained, stop()]);
  else {
    try {
      await drained;
    } finally {
      await stop();
    }
  }
  logger.flush();
}

export async function untilAborted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await once(signal, 'abort');
}

export type PartName = keyof typeof portOffsets;

/** Dependencies of everything in a process. */
export interface HostContext {
  readonly settings: Settings;
  readonly version: string;
  readonly logger: Logger;
  readonly clock: Clock;
  /** Uniform in [0, 1). */
  readonly random: () => number;
}

/** The stores and the queue of the parts, or nothing. */
export interface Backing {
  readonly queue?: JobQueue;
}

/** Opens the backing of the parts. `works` is true for a process that executes runs; `opening` closes it. */
export type OpenBacking<Opened extends Backing> = (
  context: HostContext & { readonly works: boolean },
  opening: AsyncDisposableStack,
) => Promise<Opened>;

/** Dependencies of a part, besides its backing. */
export interface PartContext extends HostContext {
  /** Existing parts of this process. */
  readonly services: Readonly<Partial<Record<PartName, Service>>>;
  /** Closes the resources of the part after everything has drained. */
  readonly opening: AsyncDisposableStack;
}

/** Creates the service of a part, which does not listen yet. `Needed` is the backing that it requires. */
export type CreatePart<Needed extends Backing> = (context: PartContext & Needed) => Promise<Service>;
