import { areBlocks, type Body, type ConfigurationBlock, isBody } from './read-hcl.ts';
import type { Arguments, ProviderSchema } from './read-schema.ts';

/** Something in the configuration that the provider would not take. */
export interface Finding {
  readonly problem:
    | 'unknown type'
    | 'unknown argument'
    | 'missing argument'
    | 'block expected'
    | 'assignment expected'
    /** The bindings have no type for what is inside; `terraform validate` alone checks it. */
    | 'not described';
  /** File and address, such as `network.tf: aws_vpc.main`. */
  readonly where: string;
  /** From the resource down, such as `rule.action`. */
  readonly argument: string;
}

/** Arguments that Terraform itself takes in every block of this kind. */
const ofTerraform = new Set(['count', 'for_each', 'depends_on', 'provider', 'lifecycle', 'connection', 'provisioner']);

/** Compares a block of the configuration with the provider's schema. */
export function checkBlock(block: ConfigurationBlock, schema: ProviderSchema): Finding[] {
  const address = `${block.kind === 'data' ? 'data.' : ''}${block.type}.${block.name}`;
  const where = `${block.file}: ${address}`;
  const type = schema.find(block.kind, block.type);
  if (type === undefined) return [{ problem: 'unknown type', where, argument: block.type }];
  const own = Object.fromEntries(Object.entries(block.body).filter(([name]) => !ofTerraform.has(name)));
  return checkBody(own, type.arguments, where, '');
}

function checkBody(body: Body, known: Arguments, where: string, path: string): Finding[] {
  const given = [...withoutDynamic(body)];
  const names = new Set(given.map(([name]) => name));
  const missing = [...known].filter(([name, argument]) => argument.required && !names.has(name));
  return [
    ...missing.map(([name]): Finding => ({ problem: 'missing argument', where, argument: path + name })),
    ...given.flatMap(([name, value]) => checkArgument(name, value, known, where, path)),
  ];
}

function checkArgument(name: string, value: unknown, known: Arguments, where: string, path: string): Finding[] {
  const argument = known.get(name);
  const finding = { where, argument: path + name };
  if (argument === undefined) return [{ ...finding, problem: 'unknown argument' }];
  if (argument.opaque) return [{ ...finding, problem: 'not described' }];
  const blocks = areBlocks(value);
  const nested = argument.nested();
  if (blocks && nested === undefined) return [{ ...finding, problem: 'assignment expected' }];
  if (!blocks && argument.block) return [{ ...finding, problem: 'block expected' }];
  if (nested === undefined) return [];
  const bodies = Array.isArray(value) ? value : [value];
  return bodies.filter(isBody).flatMap((inner) => checkBody(inner, nested, where, `${path}${name}.`));
}

/** The arguments of a block, with the content of `dynamic "name"` under that name. */
function* withoutDynamic(body: Body): Generator<[string, unknown]> {
  for (const [name, value] of Object.entries(body)) {
    if (name === '__is_block__') continue;
    if (name !== 'dynamic' || !Array.isArray(value)) {
      yield [name, value];
      continue;
    }
    for (const labelled of value.filter(isBody)) {
      for (const [label, inner] of Object.entries(labelled)) {
        if (isBody(inner)) yield [label, inner.content];
      }
    }
  }
}
