import type {
  KyselyPlugin,
  OperationNode,
  PluginTransformQueryArgs,
  PluginTransformResultArgs,
  QueryResult,
  RootOperationNode,
  UnknownRow,
} from 'kysely';
import type { Tables } from './tables.ts';

/** A table, by its name in camel case. */
export type TableName = keyof Tables;

/** What this process wrote, so that whoever keeps what was read knows when it is no longer true. */
export interface TableWrites {
  /** A number that is another one after each statement that wrote to one of the tables. */
  version(tables: readonly TableName[]): number;
}

/**
 * Counts the statements that insert, update or delete, by table. It goes before plugins that change the names of
 * tables.
 */
export class WriteCounter implements KyselyPlugin, TableWrites {
  readonly #counts = new Map<string, number>();
  readonly #running = new WeakMap<PluginTransformQueryArgs['queryId'], string>();

  version(tables: readonly TableName[]): number {
    return tables.reduce((sum, table) => sum + (this.#counts.get(table) ?? 0), 0);
  }

  transformQuery({ node, queryId }: PluginTransformQueryArgs): RootOperationNode {
    const table = writtenTable(node);
    if (table !== undefined) this.#running.set(queryId, table);
    return node;
  }

  async transformResult({ queryId, result }: PluginTransformResultArgs): Promise<QueryResult<UnknownRow>> {
    const table = this.#running.get(queryId);
    if (table !== undefined) this.#counts.set(table, (this.#counts.get(table) ?? 0) + 1);
    return result;
  }
}

function writtenTable(node: RootOperationNode): string | undefined {
  if (node.kind === 'InsertQueryNode') return nameOf(node.into);
  if (node.kind === 'UpdateQueryNode') return nameOf(node.table);
  if (node.kind === 'DeleteQueryNode') return nameOf(node.from.froms[0]);
  return undefined;
}

/** The name of a table, with or without an alias. */
function nameOf(node: OperationNode | undefined): string | undefined {
  if (node === undefined) return undefined;
  if ('table' in node) {
    const { table } = node as { readonly table: { readonly identifier: { readonly name: string } } };
    return table.identifier.name;
  }
  return 'node' in node ? nameOf(node.node as OperationNode) : undefined;
}
