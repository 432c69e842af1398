import { areBlocks, type Body, type ConfigurationBlock, isBody } from './read-hcl.ts';

/** A block with one argument's name misspelled. */
export interface Typo {
  readonly block: ConfigurationBlock;
  /** The path that the check must name. */
  readonly wrong: string;
}

/**
 * Misspells one argument in each of `count` blocks, spread over the configuration and over its depths: every second one
 * within a nested block where there is one. The same configuration gives the same typos.
 */
export function seedTypos(blocks: readonly ConfigurationBlock[], count: number): Typo[] {
  const usable = blocks.filter((block) => pathsOf(block.body).length > 0);
  const stride = Math.max(1, Math.floor(usable.length / count));
  return Array.from({ length: Math.min(count, usable.length) }, (_, index) => {
    const block = usable[index * stride] as ConfigurationBlock;
    const paths = pathsOf(block.body);
    const nested = paths.filter((path) => path.length > 1);
    const choice = index % 2 === 1 && nested.length > 0 ? nested : paths;
    const path = choice[(index * 7) % choice.length] as string[];
    const wrong = [...path.slice(0, -1), misspell(path.at(-1) as string)];
    return { block: { ...block, body: rename(block.body, path) }, wrong: wrong.join('.') };
  });
}

const ofTerraform = [
  'lifecycle',
  'dynamic',
  'provisioner',
  'connection',
  'for_each',
  'count',
  'depends_on',
  'provider',
];

function pathsOf(body: Body): string[][] {
  return Object.entries(body).flatMap(([name, value]) => {
    if (name === '__is_block__' || ofTerraform.includes(name)) return [];
    const inner = areBlocks(value) ? pathsOf(value[0] as Body) : [];
    return [[name], ...inner.map((path) => [name, ...path])];
  });
}

/** Exchanges two neighbouring letters, or doubles the last one where that changes nothing. */
function misspell(name: string): string {
  const middle = Math.floor(name.length / 2);
  const exchanged = `${name.slice(0, middle - 1)}${name[middle]}${name[middle - 1]}${name.slice(middle + 1)}`;
  return exchanged === name ? name + name.at(-1) : exchanged;
}

function rename(body: Body, [name, ...rest]: readonly string[]): Body {
  return Object.fromEntries(
    Object.entries(body).map(([key, value]) => {
      if (key !== name) return [key, value];
      if (rest.length === 0) return [misspell(key), value];
      const [first, ...others] = Array.isArray(value) ? value : [value];
      return [key, isBody(first) ? [rename(first, rest), ...others] : value];
    }),
  );
}
