import { hostname, userInfo } from 'node:os';

/** Returns the user of the command as `name@host`. A user without a name is known by the number. */
export function whoRuns(): string {
  return `${userName()}@${hostname()}`;
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return `uid ${process.getuid?.() ?? 'unknown'}`;
  }
}
