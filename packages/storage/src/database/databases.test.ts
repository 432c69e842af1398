import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

const source = join(import.meta.dirname, '..');
const folders = readdirSync(import.meta.dirname, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

/**
 * Forms that another database spells otherwise or does not have, in SQL and in the words of kysely that stand for them.
 */
const forms = [
  /\bsql(?:<[^`]*?>)?`|\bsql\.[a-z]/,
  /\.(?:onConflict|doNothing|doUpdateSet|returning|returningAll|output|outputAll|mergeInto)\(/,
  /\.(?:limit|offset|top|fetch|filterWhere|distinctOn|modifyEnd)\(/,
  /\.(?:forUpdate|forShare|skipLocked|noWait|setIsolationLevel|using|nullsFirst|nullsLast)\(/,
  /\b(?:numInsertedOrUpdatedRows|insertId|ignore)\b\(?/,
  /'(?:not )?i?like'|'~\*?'|'->>?'|'@>'/,
  /\bpg_\w+|\bto_regclass\b|\block_timeout\b|\b(?:clock_timestamp|octet_length|json_build_object)\b/,
  /::(?:text|bigint|integer|json|jsonb|date)\b/,
  /\.(?:addColumn|createTable|createIndex|alterTable|dropTable)\(/,
  /\bgeneratedAlwaysAsIdentity\b|\bcollate\b/,
  /'(?:\d\d[0-9A-Z]{3})'/,
  /from '(?:pg|@electric-sql\/pglite)'|\bpg\.DatabaseError\b/,
] as const;

/** The sources but tests, what is only for them, and the folders of the databases. */
function sharedSources(): readonly string[] {
  return readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !/\.(?:test|suite|fixture)\.ts$|^testing[\\/]/.test(file))
    .filter((file) => !folders.some((folder) => file.startsWith(join('database', folder))));
}

describe('the folders of the databases', () => {
  it('have the same files', () => {
    const files = folders.map((folder) =>
      readdirSync(join(import.meta.dirname, folder))
        .filter((file) => /^[a-z-]+\.ts$/.test(file))
        .toSorted(),
    );
    expect(new Set(files.map((names) => names.join(' '))).size).toBe(1);
    expect(files[0]).toContain('adapter.ts');
  });

  it('are the only ones that know the forms of a database', () => {
    const found = sharedSources().flatMap((file) =>
      readFileSync(join(source, file), 'utf8')
        .split('\n')
        .filter((line) => !/^\s*(?:\/\*\*|\*|\/\/)/.test(line))
        .filter((line) => forms.some((form) => form.test(line)))
        .map((line) => `${relative(source, join(source, file))}: ${line.trim()}`),
    );
    expect(found).toEqual([]);
  });

  it.each(folders)('%s is opened through its own files alone', (folder) => {
    const importing = sharedSources().filter((file) =>
      new RegExp(`from '[./]*(?:database/)?${folder}/`).test(readFileSync(join(source, file), 'utf8')),
    );
    expect(importing.map((file) => basename(file)).filter((file) => !/^(?:index|open-.*)\.ts$/.test(file))).toEqual([]);
  });
});
