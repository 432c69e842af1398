import { readFileSync } from 'node:fs';

/**
 * Returns the start of a living process in clock ticks since boot, which tells a reused pid from its earlier owner.
 *
 * @returns undefined without such a process, or for a zombie
 */
export function processStart(pid: number): string | undefined {
  const fields = statFields(pid);
  if (fields !== undefined) return fields.state === 'Z' || fields.state === 'X' ? undefined : fields.start;
  // Without /proc (macOS, Windows) only the existence of the pid is known.
  if (statFields(process.pid) !== undefined) return undefined;
  return answersSignals(pid) ? 'unknown' : undefined;
}

/**
 * Reads fields 3 and 22 of /proc/PID/stat, see proc_pid_stat(5). The command in field 2 may contain spaces and
 * brackets.
 */
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
