const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  EACCES: 'its permissions do not let this user read it',
  EPERM: 'its permissions do not let this user read it',
  EISDIR: 'it is a folder; expected a file of CSV text',
  ENOTDIR: 'it is not a folder',
  ELOOP: 'it is a symbolic link that leads in a circle',
  ENXIO: 'it is a socket or a device; expected a file of CSV text',
  ENAMETOOLONG: 'the name is too long',
  EIO: 'the disk or the network file system failed',
  ESTALE: 'the network file system has lost it',
};

/** Why the operating system did not give a file, in words, with its own code for whoever looks further. */
export function systemReason(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  const known = code === undefined ? undefined : reasons[code];
  if (known !== undefined) return `${known} (${code})`;
  return error instanceof Error ? error.message : String(error);
}
