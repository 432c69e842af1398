import { beforeAll, expect, it } from 'vitest';
import type { AppliedEnvironment } from './applied-environment.ts';

/** A saving with the return of a database, and the end, past locks that refuse every deletion below them. */
export function describeRemoval(find: () => AppliedEnvironment): void {
  let saved: Promise<string>;
  let destroyed: Promise<string>;

  // Each is five minutes of the provider's pauses: they pass while the other tests run.
  beforeAll(async () => {
    const [first, second] = await Promise.all([find().copy(), find().copy()]);
    saved = save(first);
    destroyed = destroy(second);
    // A failure is that of the test that waits for it.
    void Promise.allSettled([saved, destroyed]);
  });

  it('lets groups go, and goes on with a database as it was at a time, beside the old one', async () => {
    expect(await saved).toContain('No changes.');
  });

  it('is destroyed to nothing', async () => {
    expect(await destroyed).toBe('');
  });
}

/** Returns the plan after it. The old server stays, and is asked for. */
async function save(environment: AppliedEnvironment): Promise<string> {
  const { terraform, simulator } = environment;
  const type = 'azurerm_postgresql_flexible_server';
  const server = `${type}.main[0]`;
  const { stdout: shown } = await terraform.run(['state', 'show', '-no-color', server]);
  const [, source = ''] = /^ +id += "(.+)"$/m.exec(shown) ?? [];
  await terraform.run(['state', 'rm', server, `${type}_database.main[0]`]);
  const time = `${new Date(Date.now() - 60_000).toISOString().slice(0, 19)}Z`;
  const others = { slots: {}, runtime: 'kubernetes', database_restore: { source, time } };
  await environment.run('apply of a restored database', ['apply', '-auto-approve'], others);
  await simulator.ask('GET', `https://management.azure.com${source}?api-version=2024-08-01`);
  return (await environment.run('plan after the restore', ['plan'], others)).stdout;
}

async function destroy(environment: AppliedEnvironment): Promise<string> {
  await environment.run('destroy', ['destroy', '-auto-approve']);
  return (await environment.terraform.run(['state', 'list'])).stdout;
}
