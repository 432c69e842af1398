import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One argument of a resource, data source or nested block. */
export interface Argument {
  readonly required: boolean;
  /** Written `name { … }`, not `name = …`. */
  readonly block: boolean;
  /** Whether the bindings leave open what is inside, as with the statements of a firewall, which hold each other. */
  readonly opaque: boolean;
  /** The arguments inside, for a block or an object. */
  readonly nested: () => Arguments | undefined;
}

export type Arguments = ReadonlyMap<string, Argument>;

/** What the provider takes and gives for one type. */
export interface TypeSchema {
  readonly arguments: Arguments;
  /** Whether `aws_x.y.NAME` can be read. */
  readonly hasAttribute: (name: string) => boolean;
}

const property = /\/\*\*((?:(?!\*\/)[\s\S])*?)\*\/\s*readonly \w+(\??): ([^;{]+|\{[^}]*\});/g;

/** The schema of the provider, read from the declarations of its prebuilt TypeScript bindings. */
export class ProviderSchema {
  readonly #folder: string;
  readonly #types = new Map<string, TypeSchema | undefined>();

  /** @param folder the installed package `@cdktn/provider-aws` */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** The version of the provider that the bindings were made from. */
  get version(): string {
    const source = readFileSync(join(this.#folder, 'lib', 'vpc', 'index.js'), 'utf8');
    return /providerVersion: '([\d.]+)'/.exec(source)?.[1] ?? 'unknown';
  }

  /** The schema of a type, or undefined when the provider has no such type. */
  find(kind: 'resource' | 'data', type: string): TypeSchema | undefined {
    const key = `${kind} ${type}`;
    if (!this.#types.has(key)) this.#types.set(key, this.#read(kind, type));
    return this.#types.get(key);
  }

  #read(kind: 'resource' | 'data', type: string): TypeSchema | undefined {
    const base = type.replace(/^aws_/, '').replaceAll('_', '-');
    const file = join(this.#folder, 'lib', kind === 'data' ? `data-aws-${base}` : base, 'index.d.ts');
    if (!existsSync(file)) return undefined;
    const source = readFileSync(file, 'utf8');
    if (!source.includes(`tfResourceType = "${type}"`)) return undefined;
    const interfaces = readInterfaces(source);
    const root = interfaces.get(
      /constructor\(scope: Construct, id: string, config\??: (\w+)\)/.exec(source)?.[1] ?? '',
    );
    if (root === undefined) throw new Error(`${file} has no configuration of ${type}`);
    const own = source.slice(source.indexOf(`tfResourceType = "${type}"`));
    const attributes = new Set([...own.matchAll(/^ {4}get (\w+)\(\)/gm)].map((match) => match[1]));
    return { arguments: root, hasAttribute: (name) => attributes.has(camelCase(name)) };
  }
}

/** `export interface X { … }` by name; an interface ends at the first closing brace of a line of its own. */
function readInterfaces(source: string): Map<string, Arguments> {
  const found = new Map<string, Arguments>();
  for (const [, name = '', base = '', body = ''] of source.matchAll(
    /^export interface (\w+)([^{]*)\{\n([\s\S]*?)^\}/gm,
  )) {
    found.set(name, readArguments(body, found, base.includes('TerraformMetaArguments')));
  }
  return found;
}

/**
 * @param ownId whether `id` is that of the resource itself: the bindings have it everywhere, the provider only gives it
 */
function readArguments(body: string, interfaces: ReadonlyMap<string, Arguments>, ownId: boolean): Arguments {
  const found = new Map<string, Argument>();
  for (const [, comment = '', optional, type = ''] of body.matchAll(property)) {
    const name = /#(\w+) \w+#\1\}/.exec(comment)?.[1];
    if (name === undefined || (ownId && name === 'id')) continue;
    const typeName = type.replace(' | cdktn.IResolvable', '').replace('[]', '').trim();
    found.set(name, {
      required: optional === '',
      block: comment.includes(`\n    * ${name} block`),
      opaque: typeName === 'any',
      nested: () => interfaces.get(typeName),
    });
  }
  return found;
}

function camelCase(name: string): string {
  return name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}
