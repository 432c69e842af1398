import { routes } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import type { CommandDefinition } from '../../define-command.ts';
import { count } from '../../output/format.ts';
import { printResult } from '../../output/terminal.ts';

export const symbolsRemoveCommand: CommandDefinition = {
  usage: 'remove',
  summary: 'remove the synthetic symbols and what was made from them',
  description: `Removes every synthetic symbol with its bars, predictions and quarantined rows. Real symbols are never
removed. Models that were trained on synthetic bars stay in the registry, labelled as such.

Without --yes it shows what it would remove, and removes nothing. Only "daytrade fetch synthetic", or "daytrade up" on a
state folder without any bars, makes synthetic symbols again.`,
  examples: ['daytrade symbols remove --synthetic', 'daytrade symbols remove --synthetic --yes'],
  configure: (command) =>
    command
      .option('--synthetic', 'remove the synthetic symbols; nothing else can be removed')
      .option('--yes', 'confirm the removal'),
  run: async (context, { options }) => {
    if (options.synthetic !== true) {
      throw new DayTradeError('input.invalid', '--synthetic: expected it, as only synthetic symbols can be removed', {
        details: { field: '--synthetic' },
      });
    }
    const { data } = await context.connect();
    if (options.yes === true) {
      const removed = await data.call(routes.removeSymbols, { query: { synthetic: 'true' } });
      const { symbols, bars, predictions, quarantine } = removed;
      printResult(
        context.terminal,
        context.json,
        { removed: true, ...removed },
        () =>
          `Removed ${count(symbols.length)} synthetic symbols: ${count(bars)} daily bars, ${count(predictions)} ` +
          `predictions, ${count(quarantine)} quarantined rows.`,
      );
      return;
    }
    const synthetic = (await data.call(routes.symbols)).symbols.filter((symbol) => symbol.synthetic);
    const bars = synthetic.reduce((sum, symbol) => sum + symbol.bars, 0);
    const symbols = synthetic.map(({ symbol }) => symbol);
    printResult(context.terminal, context.json, { removed: false, symbols, bars }, () =>
      symbols.length === 0
        ? 'There are no synthetic symbols.'
        : `Would remove ${count(symbols.length)} synthetic symbols with ${count(bars)} daily bars, their ` +
          'predictions and quarantined rows. Nothing was removed: add --yes.',
    );
  },
};
