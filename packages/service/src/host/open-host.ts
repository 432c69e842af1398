import { portOf } from '@daytrade/contracts';
import type { JobQueue } from '@daytrade/jobs';
import { drain } from '../server/drain.ts';
import { type ListenAddress, listen } from '../server/listen.ts';
import type { Service } from '../service.ts';
import { type Backing, type CreatePart, type HostContext, type OpenBacking, type PartName } from './parts.ts';

/**
 * Parts of the platform in this process, with what they stand on. To close it drains the parts, then closes everything
 * in reverse.
 */
export type Host<Opened extends Backing, Name extends PartName> = Opened &
  AsyncDisposable & {
    readonly services: Readonly<Record<Name, Service>>;
    /** Makes one more part, which may ask those that are there. */
    add(name: PartName, create: CreatePart<Opened>): Promise<void>;
    /**
     * @param port default: the one that follows from `DAYTRADE_PORT`
     * @throws DayTradeError `settings.invalid`, `service.port-in-use`
     */
    listen(name: PartName, port?: number): Promise<ListenAddress>;
    close(): Promise<void>;
  };

/**
 * Puts parts together in this process, in the order given. Nothing listens and no run is worked on yet.
 *
 * @example
 * await using host = await openHost({ ...context, open: openShared, parts: [['data', createDataService]] });
 * await host.listen('data');
 * await host.queue.start();
 *
 * @throws DayTradeError what `open` and the parts throw; then all is closed that was opened
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
 * The one order in which parts end. All drain at the same time: readiness fails, those that listen go on serving for
 * `DAYTRADE_DRAIN_PAUSE_SECONDS`, then open requests get `DAYTRADE_DRAIN_SECONDS`. After them runs get as long: while a
 * request is served it may queue one. Nobody asks a worker to queue a run, so it takes no more from the first moment.
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

/** Resolves once the signal is aborted. */
export function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
