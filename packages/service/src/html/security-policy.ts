import { createHash } from 'node:crypto';

/** A page with one style sheet, known by its hash, and nothing else: no script, no picture, no form, no address. */
export function withinPageOf(styleSheet: string): string {
  const hash = createHash('sha256').update(styleSheet).digest('base64');
  return `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
}
