import { expect, it } from 'vitest';
import type { CommandContext } from '../command-context.ts';
import { backtestCommand } from './backtest.ts';

it.each(['entry', '=1', 'entry=', 'entry=one', 'entry=1=2'])('backtest --set %s is refused', async (set) => {
  const options = { strategy: 'gap-fade', account: 'cash', commission: 'none', seed: '1', set: [set] };
  const run = async () => await backtestCommand.run({} as CommandContext, { args: [], options });
  await expect(run()).rejects.toMatchObject({ code: 'input.invalid', message: expect.stringContaining('--set') });
});
