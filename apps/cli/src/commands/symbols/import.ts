import { basename, resolve } from 'node:path';
import { mostUniverseFileBytes, routes, type UniverseImport } from '@daytrade/contracts';
import type { CommandDefinition } from '../../define-command.ts';
import { readImportFile } from '../../input-file.ts';
import { count, quantity } from '../../output/format.ts';
import { printNote, printResult } from '../../output/terminal.ts';

export const symbolsImportCommand: CommandDefinition = {
  usage: 'import <file>',
  summary: 'take listings, index memberships, successions and shares by date out of a CSV file',
  description: `Reads who was listed and a member of an index when, so that training, evaluation and backtest
can go by the members of each session (--universe). The header names the columns, in any order: kind, symbol, from, to,
universe, successor, ratio, shares, reason; only the first three are needed. Each row is one of

listing: the symbol was listed from "from" to "to", both included. An empty "to" says that it still is, an empty "from"
that the beginning is not known; "reason" may say why it ended.

member: it was a member of "universe" on these days: topix, topix500, topix100 or nikkei225.

succession: from "from" on its code is gone, and each share is "ratio" shares (default 1) of "successor".

shares: from "from" on it had "shares" shares outstanding.

With a bad row nothing is written, every bad row is named, and the exit code is 2. What earlier files said of the same
symbol and set is replaced, so a file can be corrected and imported again; the same file again changes nothing.`,
  examples: ['daytrade symbols import listings.csv --dry-run', 'daytrade symbols import listings.csv --json'],
  configure: (command) => command.option('--dry-run', 'read and judge everything, write nothing'),
  run: async (context, { args, options }) => {
    const path = resolve(String(args[0]));
    const bytes = await readImportFile(path, 'listings', mostUniverseFileBytes);
    const { data } = await context.connect();
    const query = { file: basename(path), dryRun: options.dryRun === true ? 'true' : 'false' } as const;
    const result = await data.call(routes.importUniverse, { query, bytes });
    for (const { message } of result.faults) printNote(context.terminal, message);
    if (result.faults.length > 0) process.exitCode = 2;
    printResult(context.terminal, context.json, result, () => importReport(result));
  },
};

function importReport({ file, rows, added, unchanged, removed, faults, written, dryRun }: UniverseImport): string {
  const head = `${file}: ${quantity(rows, 'row')}, ${quantity(faults.length, 'bad one', 'bad ones')}.`;
  if (faults.length > 0) return `${head}\nNothing was written: correct what is named above and import it again.`;
  const would = dryRun ? 'would be ' : '';
  const counts = `${count(added)} ${would}added, ${count(removed)} ${would}replaced, ${count(unchanged)} the same.`;
  return [head, counts, ...(written ? [] : ['Nothing was written.'])].join('\n');
}
