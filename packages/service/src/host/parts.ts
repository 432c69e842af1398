import type { portOffsets, Settings } from '@daytrade/contracts';
import type { Clock, JobQueue } from '@daytrade/jobs';
import type { Logger } from '../server/logger.ts';
import type { Service } from '../service.ts';

/** The parts of the platform. */
export type PartName = keyof typeof portOffsets;

/** What everything in a process is made with. */
export interface HostContext {
  readonly settings: Settings;
  /** Of the program. */
  readonly version: string;
  readonly logger: Logger;
  readonly clock: Clock;
  /** Uniform in [0, 1). */
  readonly random: () => number;
}

/** What the parts of a process stand on: stores and a queue, which the host stops, or nothing. */
export interface Backing {
  readonly queue?: JobQueue;
}

/** Opens what the parts stand on, to work on runs of others or only to queue them; `opening` closes it. */
export type OpenBacking<Opened extends Backing> = (
  context: HostContext & { readonly works: boolean },
  opening: AsyncDisposableStack,
) => Promise<Opened>;

/** What a part is made with, beside what it stands on. */
export interface PartContext extends HostContext {
  /** The parts of this process that are made already. */
  readonly services: Readonly<Partial<Record<PartName, Service>>>;
  /** Closes, once everything has drained, what the part opens for itself. */
  readonly opening: AsyncDisposableStack;
}

/** Makes the service of a part, which does not listen yet; its type says what the part needs. */
export type CreatePart<Needed extends Backing> = (context: PartContext & Needed) => Promise<Service>;
