import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

/** A part of values.schema.json, as far as the table needs it. */
interface Schema {
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly description?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly allOf?: readonly { readonly $ref: string }[];
}

const chart = join(import.meta.dirname, 'day-trade-ml');
const { definitions, properties } = JSON.parse(readFileSync(join(chart, 'values.schema.json'), 'utf8')) as {
  readonly definitions: Readonly<Record<string, Schema>>;
  readonly properties: Readonly<Record<string, Schema>>;
};
const defaults = parse(readFileSync(join(chart, 'values.yaml'), 'utf8'), { merge: true }) as unknown;

const nameOf = (schema: Schema): string | undefined => schema.allOf?.[0]?.$ref.split('/').at(-1);

/** A schema with what it refers to; its own description wins. */
function resolved(schema: Schema): Schema {
  const name = nameOf(schema);
  return name === undefined ? schema : { ...resolved(definitions[name] as Schema), ...schema };
}

function typeOf(schema: Schema): string {
  if (schema.enum) return schema.enum.map((value) => `\`${String(value)}\``).join(', ');
  if (schema.type === 'array') return `list of ${typeOf(resolved(schema.items ?? {}))}`;
  const type = [schema.type ?? 'any'].flat().join(' or ');
  if (schema.minimum === undefined || schema.maximum === undefined) return type;
  return `${type}, ${schema.minimum} to ${schema.maximum}`;
}

function defaultOf(value: unknown): string {
  if (value === undefined) return '';
  return `\`${typeof value === 'string' && value !== '' ? value : JSON.stringify(value)}\``;
}

const at = (value: unknown, key: string): unknown => (value as Record<string, unknown> | undefined)?.[key];
const cell = (text: string): string => text.replaceAll('|', '\\|');

/** What of a part's defaults is not as in another part of the same form. */
function differences(value: unknown, first: unknown): string {
  const different = Object.entries(value as Record<string, unknown>).filter(
    ([key, own]) => JSON.stringify(own) !== JSON.stringify(at(first, key)),
  );
  return different.map(([key, own]) => `${key} ${defaultOf(own)}`).join(', ');
}

/**
 * The rows of one key and of those below it. Long parts that several keys share are written out under the first of
 * them.
 */
function rows(path: string, schema: Schema, value: unknown, shared: Map<string, string>): string[] {
  const whole = resolved(schema);
  const name = nameOf(schema);
  const first = name === undefined ? undefined : shared.get(name);
  const description = whole.description ?? '';
  if (first !== undefined) {
    return [
      `| \`${path}\` | as \`${first}\` | ${cell(differences(value, at(defaults, first)))} | ${cell(description)} |`,
    ];
  }
  if (whole.properties === undefined || name === 'resources') {
    return [`| \`${path}\` | ${cell(typeOf(whole))} | ${cell(defaultOf(value))} | ${cell(description)} |`];
  }
  if (name === 'service') shared.set(name, path);
  return [
    `| **\`${path}\`** | | | ${cell(description)} |`,
    ...Object.entries(whole.properties).flatMap(([key, part]) => rows(`${path}.${key}`, part, at(value, key), shared)),
  ];
}

/** All values as a table in Markdown, from the schema and the defaults. */
export function valuesTable(): string {
  const shared = new Map<string, string>();
  const body = Object.entries(properties).flatMap(([key, schema]) => rows(key, schema, at(defaults, key), shared));
  return ['| key | type | default | what |', '| --- | --- | --- | --- |', ...body].join('\n');
}
