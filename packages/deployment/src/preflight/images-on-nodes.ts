/** Nodes of a cluster, as kubectl writes them. */
export interface Nodes {
  readonly items: readonly {
    /** An image whose tags another one has taken has no names. */
    readonly status: { readonly images?: readonly { readonly names?: readonly string[] | null }[] };
  }[];
}

/** The names of the images that nodes have. */
export function imagesOnNodes({ items }: Nodes): readonly string[] {
  return items.flatMap(({ status }) => (status.images ?? []).flatMap(({ names }) => names ?? []));
}
