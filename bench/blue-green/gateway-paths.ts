import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../harness/paths.ts';

/** Beginnings of paths by the service that the gateway on Azure sends them to, as Terraform has them. */
export function gatewayPaths(): Readonly<Record<string, readonly string[]>> {
  const file = join(repository, 'infrastructure', 'terraform', 'azure', 'services.tf');
  const block = /^ {2}paths = \{\n(.*?)\n {2}\}$/ms.exec(readFileSync(file, 'utf8'))?.[1] ?? '';
  const services = [...block.matchAll(/([\w-]+) += \[(.*?)\]/gs)];
  if (services.length === 0) throw new Error(`${file} has no paths`);
  return Object.fromEntries(
    services.map(([, service = '', list = '']) => [
      service,
      [...list.matchAll(/"([^"]+)\*"/g)].map(([, beginning = '']) => beginning),
    ]),
  );
}
