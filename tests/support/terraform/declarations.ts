import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../running-process.ts';

/** A `variable` or `output` block of a root, in the words of its file. */
export interface Declaration {
  readonly kind: 'variable' | 'output';
  readonly name: string;
  readonly type: string | undefined;
  readonly description: string | undefined;
  /** As HCL; undefined for what must be given. */
  readonly default: string | undefined;
  readonly validations: number;
}

/** The environments of every cloud, each with a variables file of its name in the root of the cloud. */
export const environmentNames = ['development', 'staging', 'production'] as const;

/** All variables and outputs of a root, in the order of its files. Files are as `terraform fmt` writes them. */
export function readDeclarations(folder: string): Declaration[] {
  return globSync('*.tf', { cwd: folder })
    .sort()
    .flatMap((file) => {
      const source = readFileSync(join(folder, file), 'utf8');
      const blocks = source.matchAll(/^(variable|output) "(\w+)" \{\n([\s\S]*?)^\}/gm);
      return [...blocks].map(([, kind, name = '', body = '']) => ({
        kind: kind as Declaration['kind'],
        name,
        type: argument(body, 'type'),
        description: argument(body, 'description')?.slice(1, -1).replaceAll('\\"', '"'),
        default: argument(body, 'default'),
        validations: body.match(/^ {2}validation \{$/gm)?.length ?? 0,
      }));
    });
}

function argument(body: string, name: string): string | undefined {
  return new RegExp(`^  ${name} += (.*)$`, 'm').exec(body)?.[1];
}

/** Returns the kinds of resources that a cloud's configuration declares, its modules included. */
export function declaredKinds(cloud: string): Set<string> {
  const folder = join(repositoryRoot, 'infrastructure', 'terraform', cloud);
  const files = globSync(['*.tf', 'modules/*/*.tf'], { cwd: folder });
  const text = files.map((file) => readFileSync(join(folder, file), 'utf8')).join('\n');
  return new Set([...text.matchAll(/^resource "(\w+)"/gm)].map(([, kind = '']) => kind));
}
