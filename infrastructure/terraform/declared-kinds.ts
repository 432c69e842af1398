import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The kinds of resources that the configuration of an environment has, that of its modules included: more than any one
 * environment makes, since some are behind a variable.
 *
 * @param root the cloud's folder beside this file, such as `aws`
 */
export function declaredKinds(root: string): Set<string> {
  const folder = join(import.meta.dirname, root);
  const files = globSync(['*.tf', 'modules/*/*.tf'], { cwd: folder });
  return kindsIn(files.map((file) => readFileSync(join(folder, file), 'utf8')).join('\n'));
}

/** The kinds of the `resource` blocks of a text as `terraform fmt` writes it. */
function kindsIn(text: string): Set<string> {
  return new Set([...text.matchAll(/^resource "(\w+)"/gm)].map(([, kind = '']) => kind));
}
