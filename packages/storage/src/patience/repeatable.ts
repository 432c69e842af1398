import type { RootOperationNode } from 'kysely';

/**
 * Whether a statement leaves the same behind when it is done twice: it reads, writes whole rows in the place of those
 * with their keys, or deletes. An update may depend on what it changes, and an insert that passes over what is there
 * says whether it was.
 */
export function isRepeatable(node: RootOperationNode): boolean {
  if (node.kind === 'InsertQueryNode') return node.onConflict?.updates !== undefined && node.returning === undefined;
  if (node.kind === 'DeleteQueryNode') return node.returning === undefined;
  if (node.kind === 'RawNode') return isMergeOfRow(node.sqlFragments);
  return node.kind === 'SelectQueryNode';
}

/** As `mergeRow` of SQL Server writes it. */
function isMergeOfRow(fragments: readonly string[]): boolean {
  return fragments[0] === 'merge into ' && fragments.some((text) => text.includes('when matched then update'));
}
