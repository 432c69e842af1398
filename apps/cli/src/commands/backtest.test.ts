import { expect, it } from 'vitest';
import type { CommandContext } from '../define-command.ts';
import { backtestCommand } from './backtest.ts';

const options = {
  strategy: 'gap-fade',
  account: 'day-margin',
  cash: '10000000',
  commission: 'none',
  spreadTicks: '1',
  impact: '1',
  participation: '0.01',
  seed: '1',
};

it.each([
  [['entry'], '--set: expected parameters as entry=1.5, got "entry"'],
  [['entry=1=5'], '--set: expected parameters as entry=1.5, got "entry=1=5"'],
  [['entry=1', 'entry=2'], '--set: expected each parameter once, got "entry=2"'],
  [['entry=x'], '--set entry: expected a number, got "x"'],
])('refuses %j before anything is sent', async (set, message) => {
  const run = backtestCommand.run({} as CommandContext, { args: [], options: { ...options, set } });
  await expect(run).rejects.toMatchObject({ code: 'input.invalid', message });
});
