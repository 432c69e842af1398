import { beforeAll, expect, it } from 'vitest';
import type { AppliedEnvironment } from './applied-environment.ts';

/** The savings that README.md names, and the end, past locks that refuse every deletion below them. */
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

  it('lets groups and a database go', async () => {
    expect(await saved).toMatch(/Apply complete! Resources: \d+ added, \d+ changed, [1-9]\d+ destroyed/);
  });

  it('is destroyed to nothing', async () => {
    expect(await destroyed).toBe('');
  });
}

async function save(environment: AppliedEnvironment): Promise<string> {
  const others = { slots: {}, runtime: 'kubernetes', enable_postgresql: false };
  return (await environment.run('apply of savings', ['apply', '-auto-approve'], others)).stdout;
}

async function destroy(environment: AppliedEnvironment): Promise<string> {
  await environment.run('destroy', ['destroy', '-auto-approve']);
  return (await environment.terraform.run(['state', 'list'])).stdout;
}
