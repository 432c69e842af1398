import type { ObjectEntry } from './object-store.ts';

/** A page of a listing, and where the next one begins; undefined after the last. */
export interface BlobPage {
  readonly entries: readonly ObjectEntry[];
  readonly next: string | undefined;
}

/**
 * Reads a page of `List Blobs`. Keys are made of letters, digits and `._-/`, so a name that has anything else is none
 * of ours, and is passed over.
 */
export function readBlobPage(xml: string): BlobPage {
  const entries = [...xml.matchAll(/<Blob>(.*?)<\/Blob>/gs)].flatMap(([, blob = '']) => {
    const key = element(blob, 'Name');
    const version = element(blob, 'Etag');
    const modified = element(blob, 'Last-Modified');
    if (key === undefined || version === undefined || modified === undefined || /[^\w./-]/.test(key)) return [];
    // An account with a hierarchical namespace lists folders as blobs without bytes.
    if (element(blob, 'ResourceType') === 'directory') return [];
    return [{ key, version: unquoted(version), updatedAt: Date.parse(modified) }];
  });
  const next = element(xml, 'NextMarker');
  return { entries, next: next === undefined || next === '' ? undefined : next };
}

/** A version as listings have it, of a header that has it in quotes. */
export function unquoted(etag: string): string {
  return etag.replace(/^(?:"|&quot;)|(?:"|&quot;)$/g, '');
}

function element(xml: string, name: string): string | undefined {
  return new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1];
}
