import { expect, it } from 'vitest';
import type { AppliedEnvironment } from './applied-environment.ts';

/** The savings that README.md names, and the end, past locks that refuse every deletion below them. */
export function describeRemoval(find: () => AppliedEnvironment): void {
  it('lets groups and a database go', async () => {
    const others = { slots: {}, enable_container_instances: false, enable_postgresql: false };
    const { stdout } = await find().run('apply of savings', ['apply', '-auto-approve'], others);
    expect(stdout).toMatch(/Apply complete! Resources: \d+ added, \d+ changed, [1-9]\d+ destroyed/);
  });

  it('is destroyed to nothing', async () => {
    await find().run('destroy', ['destroy', '-auto-approve']);
    expect((await find().terraform.run(['state', 'list'])).stdout).toBe('');
  });
}
