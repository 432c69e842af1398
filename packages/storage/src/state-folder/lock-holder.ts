import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { processStart } from './process-start.ts';

/** What the file `lock` says about the process that holds the state folder. */
export interface LockHolder {
  readonly pid: number;
  /** {@link processStart} of the pid when the lock was taken. */
  readonly start: string;
  /** What the process is for, such as "daytrade up". */
  readonly purpose: string;
  /** Instant, ISO 8601 in UTC. */
  readonly since: string;
  readonly host: string;
  /** The machine's id, that stays when it starts again; empty in most containers. */
  readonly machine: string;
  /** Names one run of a machine's kernel, the same in all of its containers. */
  readonly boot: string;
  /** Names what the pid counts in; a container has one of its own. Empty where the system has none. */
  readonly pidNamespace: string;
}

/** This process as the holder of a lock. */
export function thisProcess(purpose: string, since: string): LockHolder {
  const host = hostname();
  return {
    pid: process.pid,
    start: processStart(process.pid) ?? unknownStart,
    purpose,
    since,
    host,
    machine: attempt(() => readFileSync('/etc/machine-id', 'utf8').trim()) ?? '',
    boot: attempt(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()) ?? `of ${host}`,
    pidNamespace: attempt(() => readlinkSync('/proc/self/ns/pid')) ?? '',
  };
}

/**
 * Reads what {@link thisProcess} gave, also of an earlier version, which told pid and start alone and is of this
 * machine.
 *
 * @returns undefined for anything that no process wrote as a whole
 */
export function parseHolder(text: string, own: LockHolder): LockHolder | undefined {
  try {
    const value = JSON.parse(text) as Partial<LockHolder> | null;
    if (!Number.isInteger(value?.pid) || typeof value?.start !== 'string') return undefined;
    const { host, machine, boot, pidNamespace } = own;
    const unsaid = { purpose: 'an unknown command', since: 'an unknown time', host, machine, boot, pidNamespace };
    return { ...unsaid, ...value } as LockHolder;
  } catch {
    return undefined;
  }
}

/** What this process can see of another holder by itself. */
export type Sight =
  /** It lives, or it is gone: its pid is one of ours. */
  | 'living'
  | 'gone'
  /** It shares our kernel, whose locks we see, but not our pids. */
  | 'other-container'
  /** Another machine, or this one before it started again. */
  | 'other-kernel';

export function sightOf(holder: LockHolder, own: LockHolder): Sight {
  if (holder.boot !== own.boot) {
    const restarted = own.machine !== '' && holder.machine === own.machine && holder.host === own.host;
    return restarted ? 'gone' : 'other-kernel';
  }
  if (holder.pidNamespace !== own.pidNamespace) return 'other-container';
  return processStart(holder.pid) === holder.start ? 'living' : 'gone';
}

/** "process 12 (daytrade up) of another container (host name a1b2) since 2026-11-24T00:30:00.000Z". */
export function holderInWords(holder: LockHolder, own: LockHolder): string {
  const sight = sightOf(holder, own);
  const where = {
    living: '',
    gone: '',
    'other-container': ` of another container (host name ${holder.host})`,
    'other-kernel': ` of another machine (host name ${holder.host})`,
  }[sight];
  return `process ${holder.pid} (${holder.purpose})${where} since ${holder.since}`;
}

const unknownStart = 'unknown';

function attempt(read: () => string): string | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
