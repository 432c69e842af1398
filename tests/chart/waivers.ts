import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Waiver } from '../aws/static-checks/waivers.ts';
import { root } from './programs.ts';

/** Files that may hold a waiver: checkov's own settings, and what its checks of chart, manifests and image read. */
const files = '{.checkov.yaml,helm/**/*.yaml,kubernetes/**/*.yaml,docker/Dockerfile}';

/** The three forms of a waiver: an entry of `skip-check`, an annotation of an object, a comment of the Dockerfile. */
const forms = [
  /^ {2}- (CKV2?_[A-Z0-9_]+)\s*(?:#\s*(.*))?$/,
  /checkov\.io\/skip\d+: (CKV2?_[A-Z0-9_]+)=(.*)$/,
  /checkov:skip=(CKV2?_[A-Z0-9_]+):?\s*(.*)$/,
];

/** Every policy that is not followed, with the place where that is said. */
export function readWaivers(): Waiver[] {
  const folder = join(root, 'infrastructure');
  return globSync(files, { cwd: folder })
    .sort()
    .flatMap((file) => waiversIn(readFileSync(join(folder, file), 'utf8'), file));
}

/** The waivers of one file's text. */
export function waiversIn(text: string, file: string): Waiver[] {
  return text.split('\n').flatMap((line, index) => {
    const found = forms.map((form) => form.exec(line)).find((match) => match !== null);
    if (!found) return [];
    const [, id = '', reason = ''] = found;
    return [{ where: `${file}:${index + 1}`, id, reason, until: /until (\d{4}-\d\d-\d\d)/.exec(reason)?.[1] }];
  });
}
