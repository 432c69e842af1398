import { join } from 'node:path';
import { type Declaration, readDeclarations } from './declarations.ts';

/** A root's README with its tables of variables and outputs as the code has them now, between their marks. */
export function withTables(readme: string, root: string): string {
  return Object.entries(tablesOf(root)).reduce((text, [table, lines]) => between(text, table, lines), readme);
}

function tablesOf(root: string): Readonly<Record<string, readonly string[]>> {
  const declarations = readDeclarations(join(import.meta.dirname, root));
  const variables = declarations.filter(({ kind }) => kind === 'variable');
  const outputs = declarations.filter(({ kind }) => kind === 'output');
  const given = variables.filter((variable) => variable.default === undefined);
  const optional = variables.filter((variable) => variable.default !== undefined);
  return {
    variables: [
      '| Variable | Type | Default | What it is |',
      '| --- | --- | --- | --- |',
      ...[...given, ...optional].map(variableRow),
    ],
    outputs: [
      '| Output | What it is |',
      '| --- | --- |',
      ...outputs.map((output) => row([code(output.name), output.description])),
    ],
  };
}

/** Where a table stands in a README; there is nothing else between the two lines. */
export const mark = (table: string, end: 'begin' | 'end') => `<!-- ${table}: ${end}, made by write-readme.ts -->`;

function between(readme: string, table: string, lines: readonly string[]): string {
  const [begin, end] = [readme.indexOf(mark(table, 'begin')), readme.indexOf(mark(table, 'end'))];
  if (begin < 0 || end < begin) throw new Error(`the README has no marks for the table of ${table}`);
  return `${readme.slice(0, begin)}${mark(table, 'begin')}\n\n${lines.join('\n')}\n\n${readme.slice(end)}`;
}

function variableRow(variable: Declaration): string {
  const fallback = variable.default === undefined ? 'must be given' : code(variable.default);
  return row([code(variable.name), code(variable.type ?? 'any'), fallback, variable.description]);
}

const code = (text: string) => `\`${text}\``;
const row = (cells: readonly (string | undefined)[]) =>
  `| ${cells.map((cell) => (cell ?? '').replaceAll('|', '\\|')).join(' | ')} |`;
