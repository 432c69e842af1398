/** What an upgrade does to an object of the chart. */
export interface ObjectChange {
  readonly object: string;
  readonly change: 'added' | 'changed' | 'removed';
}

/**
 * Compares the objects of two manifests.
 * @param before what helm rolled out, and {@link after} what it would roll out
 */
export function changedObjects(before: string, after: string): readonly ObjectChange[] {
  const old = objectsOf(before);
  const now = objectsOf(after);
  const names = [...new Set([...old.keys(), ...now.keys()])].toSorted();
  return names.flatMap((object): readonly ObjectChange[] => {
    if (!now.has(object)) return [{ object, change: 'removed' }];
    if (!old.has(object)) return [{ object, change: 'added' }];
    return old.get(object) === now.get(object) ? [] : [{ object, change: 'changed' }];
  });
}

/** The objects of a manifest as they are written, each by `Kind/name`. */
export function objectsOf(manifest: string): ReadonlyMap<string, string> {
  const documents = manifest.split(/^---$/m).map((text) => text.trim());
  return new Map(
    documents.flatMap((text): readonly [string, string][] => {
      const kind = /^kind: *(\S+)/m.exec(text)?.[1];
      const name = /^metadata:(?:.*name: *|\n(?: .*\n)*? {2}name: *)([\w.-]+)/m.exec(text)?.[1];
      return kind === undefined || name === undefined ? [] : [[`${kind}/${name}`, text]];
    }),
  );
}
