import { lstatSync, type Stats, statSync } from 'node:fs';
import { join } from 'node:path';
import { DayTradeError } from '@daytrade/errors';

const othersMayWrite = 0o002;
const groupMayWrite = 0o020;
/** Permission bit of folders such as `/tmp`: all may write, and remove only their own files. */
const sticky = 0o1000;

/**
 * Returns the reason why other users could change a path of the state folder, with the command that corrects it;
 * undefined if they cannot. Their files would be read as own ones: models, runs, the address of a running platform.
 *
 * Three cases are allowed. Root gives a folder to a group of this process on purpose (a Kubernetes volume with
 * `fsGroup`). Root mounts a volume for its users (an `emptyDir`), unlike `/tmp`. A file system without rights shows
 * others than those set at creation.
 *
 * @param path the state folder, or a file in it
 * @param folder the state folder
 */
export function exposure(path: string, folder: string): string | undefined {
  const { geteuid, getgroups } = process;
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (geteuid === undefined || getgroups === undefined || found === undefined) return undefined;
  const { uid, gid, mode } = found.isSymbolicLink() && path === folder ? statSync(path) : found;
  const user = geteuid();
  if (uid !== user && uid !== 0) {
    return (
      `${path} belongs to user ${uid}, and this process runs as user ${user}: \`chown -R ${user} ${path}\`, or ` +
      'run it as that user'
    );
  }
  const groupOnPurpose = uid === 0 && user !== 0 && getgroups().includes(gid);
  const wide = mode & (groupOnPurpose ? othersMayWrite : othersMayWrite | groupMayWrite);
  if (wide === 0 || isGivenVolume(path, found, user) || keepsNoRights(folder, user)) return undefined;
  const who = (wide & othersMayWrite) === 0 ? `group ${gid}` : 'everyone';
  const instead = path === folder ? ', or set DAYTRADE_STATE_DIR to a folder of your own' : '';
  return `${path} can be written by ${who} (mode ${(mode & 0o7777).toString(8)}): \`chmod go-w ${path}\`${instead}`;
}

/** @throws DayTradeError `state.exposed`; see {@link exposure} */
export function assertNotExposed(path: string, folder: string): void {
  const reason = exposure(path, folder);
  if (reason !== undefined) throw new DayTradeError('state.exposed', reason);
}

function isGivenVolume(path: string, { uid, mode, dev }: Stats, user: number): boolean {
  const isMounted = statSync(join(path, '..')).dev !== dev;
  return uid === 0 && user !== 0 && (mode & sticky) === 0 && isMounted;
}

/** Returns true if the file system ignores rights: the file `in-use` was made with mode 600. */
function keepsNoRights(folder: string, user: number): boolean {
  const made: Stats | undefined = lstatSync(join(folder, 'in-use'), { throwIfNoEntry: false });
  return made?.isFile() === true && made.uid === user && (made.mode & 0o777) !== 0o600;
}
