import { installDebianPackages, isProgram } from './debian-packages.ts';

/** Brings Debian's redis-server where it is missing and can be had. @throws Error saying why it cannot */
export function setup(): void {
  if (isProgram('redis-server')) return;
  const refused = installDebianPackages(['redis-server']);
  if (refused !== undefined) throw new Error(`the suite on Redis ${refused}`);
}
