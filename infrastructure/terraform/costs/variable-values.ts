import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readDeclarations } from '../declarations.ts';
import type { EnvironmentName } from '../environments.ts';

/** Values of a root's variables by name. */
export type VariableValues = Readonly<Record<string, unknown>>;

/** The values of an environment's file over the defaults of the variables; one without either is left out. */
export function valuesOf(root: string, environment: EnvironmentName): VariableValues {
  const folder = join(import.meta.dirname, '..', root);
  const defaults = readDeclarations(folder).map((variable) => [variable.name, variable.default] as const);
  const lines = readFileSync(join(folder, `${environment}.tfvars`), 'utf8').matchAll(/^(\w+) += (.*)$/gm);
  const given = [...lines].map(([, name = '', text]) => [name, text] as const);
  const texts = [...defaults, ...given].filter(([, text]) => text !== undefined && text !== 'null');
  return Object.fromEntries(texts.map(([name, text = '']) => [name, parse(text)]));
}

/** A literal of HCL: as JSON, but for the names of an object's attributes. */
function parse(text: string): unknown {
  return JSON.parse(text.startsWith('{') ? text.replace(/(\w+) += /g, '"$1": ') : text);
}
