import type { OperationNode, RawNode } from 'kysely';

/** The name of the table that a part of a statement is, with or without an alias. */
export function tableName(node: OperationNode | undefined): string | undefined {
  if (node === undefined) return undefined;
  if ('table' in node) {
    const { table } = node as { readonly table: { readonly identifier: { readonly name: string } } };
    return table.identifier.name;
  }
  if (isRaw(node)) return tableName(node.parameters[0]);
  return 'node' in node ? tableName(node.node as OperationNode) : undefined;
}

function isRaw(node: OperationNode): node is RawNode {
  return node.kind === 'RawNode';
}
