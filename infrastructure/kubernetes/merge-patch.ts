/** JSON as far as patches need it. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

const isMap = (value: Json | undefined): value is { [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Lists whose entries Kubernetes merges, and the key by which it knows an entry again; all others are replaced whole.
 */
const mergeKeys: Readonly<Record<string, string>> = {
  containers: 'name',
  initContainers: 'name',
  env: 'name',
  volumes: 'name',
  volumeMounts: 'mountPath',
};

/**
 * The strategic merge patch that makes `after` of `before`; undefined where they are equal.
 *
 * @example
 * mergePatch({ spec: { replicas: 2, paused: true } }, { spec: { replicas: 3 } });
 * // { spec: { replicas: 3, paused: null } }
 */
export function mergePatch(before: Json | undefined, after: Json | undefined, field = ''): Json | undefined {
  if (JSON.stringify(before) === JSON.stringify(after)) return undefined;
  if (isMap(before) && isMap(after)) return mapPatch(before, after);
  const key = mergeKeys[field];
  if (key !== undefined && Array.isArray(before) && Array.isArray(after)) return listPatch(before, after, key);
  return after ?? null;
}

function mapPatch(before: { [key: string]: Json }, after: { [key: string]: Json }): Json | undefined {
  const patch: { [key: string]: Json } = {};
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const change = name in after ? mergePatch(before[name], after[name], name) : null;
    if (change !== undefined) patch[name] = change;
  }
  return Object.keys(patch).length === 0 ? undefined : patch;
}

function listPatch(before: Json[], after: Json[], key: string): Json | undefined {
  const entries = (list: Json[]) => new Map(list.filter(isMap).map((entry) => [entry[key] as string, entry]));
  const [old, wanted] = [entries(before), entries(after)];
  const patch: Json[] = [];
  for (const [name, entry] of wanted) {
    const change = mergePatch(old.get(name), entry);
    if (isMap(change)) patch.push({ [key]: name, ...change });
  }
  for (const name of old.keys()) if (!wanted.has(name)) patch.push({ [key]: name, $patch: 'delete' });
  return patch.length === 0 ? undefined : patch;
}
