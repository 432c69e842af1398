import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

/** The file that a command name stands for, if it is on the PATH. */
export function onPath(name: string): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders.map((folder) => join(folder, name)).find((file) => existsSync(file));
}

/** Names of programs as they lie packed beside the command `cluster`, and as they are called. */
const packed = { helm: 'helm', kubeconform: 'kubeconform', kube: 'kubectl' } as const;

/**
 * A folder with helm, kubectl and kubeconform, each unpacked once where it is not on the PATH and the command `cluster`
 * is.
 */
export function packedPrograms(folder: string): string {
  mkdirSync(folder, { recursive: true });
  const cluster = onPath('cluster');
  for (const [source, name] of Object.entries(packed)) {
    const file = join(folder, name);
    const archive = cluster && join(dirname(cluster), 'bin', `${source}.xz`);
    if (onPath(name) || existsSync(file) || !archive || !existsSync(archive)) continue;
    const unpacked = `${file}.${process.pid}`;
    writeFileSync(unpacked, execFileSync('xz', ['-dc', archive], { maxBuffer: 2 ** 30 }));
    chmodSync(unpacked, 0o755);
    renameSync(unpacked, file);
  }
  return folder;
}
