import { globSync } from 'node:fs';
import { join } from 'node:path';
import { commentForm, type Waiver, waiversBelow } from '../support/waivers.ts';
import { root } from './programs.ts';

/**
 * Files that may hold a waiver: checkov's own settings, and what it reads of chart, manifests and image.
 */
const files = '{.checkov.yaml,helm/**/*.{yaml,tpl},kubernetes/**/*.yaml,docker/Dockerfile}';

/**
 * The forms of a waiver: an entry of `skip-check`, an annotation, a comment of the Dockerfile.
 */
export const forms = [
  /^ {2}- (CKV2?_[A-Z0-9_]+)\s*(?:#\s*(.*))?$/,
  /checkov\.io\/skip\d+: (CKV2?_[A-Z0-9_]+)=(.*)$/,
  commentForm,
];

/** Every policy that is not followed, with the place where that is said. */
export function readWaivers(): Waiver[] {
  const folder = join(root, 'infrastructure');
  return waiversBelow(folder, globSync(files, { cwd: folder }), forms);
}
