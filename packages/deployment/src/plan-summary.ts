/** What a plan does to one object. */
interface Change {
  readonly address: string;
  readonly change: { readonly actions: readonly string[] };
}

/**
 * A plan in a few lines of Markdown: how many objects it makes, changes, replaces and destroys, and which.
 * @param plan what `terraform show -json` prints of it
 */
export function summaryOf(plan: string): string {
  const { resource_changes: changes = [] } = JSON.parse(plan) as { readonly resource_changes?: readonly Change[] };
  const named = changes.map(({ address, change }) => ({ address, action: actionOf(change.actions) }));
  const lists = ['destroy', 'replace', 'create', 'update'].flatMap((action) => {
    const addresses = named.filter((change) => change.action === action).map(({ address }) => `- \`${address}\``);
    return addresses.length === 0 ? [] : [`**${action}: ${addresses.length}**`, addresses.join('\n')];
  });
  return lists.length === 0 ? 'Nothing changes.' : lists.join('\n\n');
}

function actionOf(actions: readonly string[]): string {
  if (actions.includes('delete')) return actions.includes('create') ? 'replace' : 'destroy';
  return actions[0] ?? 'no-op';
}
