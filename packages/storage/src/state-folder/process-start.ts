import { readFileSync } from 'node:fs';

/**
 * When a living process began, in clock ticks since the machine started, so that a pid which was given out again can be
 * told from its earlier owner.
 *
 * @returns undefined when there is no such process, or it is a zombie that only waits to be collected
 */
export function processStart(pid: number): string | undefined {
  const fields = statFields(pid);
  if (fields !== undefined) return fields.state === 'Z' || fields.state === 'X' ? undefined : fields.start;
  // Without /proc (macOS, Windows) all that can be asked is whether the pid is in use.
  if (statFields(process.pid) !== undefined) return undefined;
  return answersSignals(pid) ? 'unknown' : undefined;
}

/** Fields 3 and 22 of /proc/PID/stat, see proc_pid_stat(5). The command in field 2 may hold spaces and brackets. */
function statFields(pid: number): { readonly state: string; readonly start: string } | undefined {
  let text: string;
  try {
    text = readFileSync(`/proc/${pid}/stat`, 'latin1');
  } catch {
    return undefined;
  }
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return { state: fields[0] ?? '', start: fields[19] ?? '' };
}

function answersSignals(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
