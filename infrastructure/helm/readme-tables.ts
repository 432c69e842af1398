import { sizesTable } from './sizes-table.ts';
import { valuesTable } from './values-table.ts';

const tables = { values: valuesTable, sizes: sizesTable } as const;

/** The text with a table brought up to date between its two marks. @throws Error where a mark is missing */
export function withTable(text: string, name: keyof typeof tables): string {
  const [start, end] = [`<!-- ${name}: written by write-readme.ts -->`, `<!-- end of ${name} -->`];
  const [from, to] = [text.indexOf(start), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`README.md lacks the mark ${start} or ${end}`);
  return `${text.slice(0, from + start.length)}\n\n${tables[name]()}\n\n${text.slice(to)}`;
}
