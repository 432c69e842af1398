import { z } from 'zod';
import { jobs, type Route, routes } from '../packages/contracts/src/index.ts';

/**
 * Returns the text of docs/api.txt: a line for each field of every request, answer and job, with its type, its bounds
 * and its default. A client is written by it without a server, and a bound that changes is seen in a review.
 */
export function describeApi(): string {
  const sections = [...Object.values<Route>(routes).map(describeRoute), ...Object.entries(jobs).map(describeJob)];
  return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function describeRoute({ service, method, path, params, query, body, answers, ...route }: Route): readonly string[] {
  const { bodyType, bodyLimit, answerTypes, kept } = route;
  return [
    `${service} ${method} ${path}`,
    ...describeFields('params', params, 'input'),
    ...describeFields('query', query, 'input'),
    ...describeFields('body', body, 'input'),
    ...(bodyType === undefined ? [] : [`  body: ${bodyType}`]),
    ...(bodyLimit === undefined ? [] : [`  body: at most ${bodyLimit} bytes`]),
    ...Object.entries(answers).flatMap(([status, schema]) => describeFields(status, schema, 'output')),
    ...(answerTypes === undefined ? [] : [`  answer: ${answerTypes.join(', ')}`]),
    ...(kept === undefined ? [] : [`  answer: cached until a write to ${kept.readsFrom.join(', ')}`]),
  ];
}

function describeJob([name, { payload, result }]: readonly [string, (typeof jobs)[keyof typeof jobs]]) {
  const lines = [...describeFields('payload', payload, 'input'), ...describeFields('result', result, 'output')];
  return [`job ${name}`, ...lines];
}

/** A node of a JSON schema, as far as the schemas of this project need it. */
interface Node {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Node>>;
  readonly additionalProperties?: boolean | Node;
  readonly required?: readonly string[];
  readonly items?: Node;
  readonly prefixItems?: readonly Node[];
  readonly anyOf?: readonly Node[];
  readonly oneOf?: readonly Node[];
  readonly allOf?: readonly Node[];
  readonly [key: string]: unknown;
}

/** Lines of the fields of a schema, of what it takes (`input`) or gives (`output`). */
function describeFields(path: string, schema: z.core.$ZodType | undefined, io: 'input' | 'output'): readonly string[] {
  if (schema === undefined) return [];
  return describeNode(path, z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Node).map((line) => `  ${line}`);
}

function describeNode(path: string, node: Node): readonly string[] {
  const { properties = {}, required = [], items, prefixItems = [], additionalProperties } = node;
  const variants = [...(node.anyOf ?? []), ...(node.oneOf ?? []), ...(node.allOf ?? [])];
  return [
    `${path}: ${describeValue(node, variants.length)}`,
    ...Object.entries(properties).flatMap(([name, field]) =>
      describeNode(`${path}.${name}${required.includes(name) ? '' : '?'}`, field),
    ),
    ...(typeof additionalProperties === 'object' ? describeNode(`${path}.*`, additionalProperties) : []),
    ...(items === undefined ? [] : describeNode(`${path}[]`, items)),
    ...prefixItems.flatMap((item, place) => describeNode(`${path}[${place}]`, item)),
    ...variants.flatMap((variant, place) => describeNode(`${path}|${place + 1}`, variant)),
  ];
}

/** Whole numbers have these bounds where no others are given. */
const safe = [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER];
const bounds = {
  const: 'exactly',
  enum: 'one of',
  minimum: 'from',
  exclusiveMinimum: 'above',
  maximum: 'to',
  exclusiveMaximum: 'below',
  minLength: 'characters from',
  maxLength: 'characters to',
  minItems: 'items from',
  maxItems: 'items to',
  format: 'format',
  pattern: 'pattern',
  default: 'default',
} as const;

function describeValue(node: Node, variantCount: number): string {
  const type = [node.type ?? []].flat().join(' or ');
  const closed = node.additionalProperties === false && node.properties !== undefined ? ['no other field'] : [];
  const limits = Object.entries(bounds).flatMap(([key, words]) =>
    node[key] === undefined || safe.includes(node[key] as number) ? [] : [`${words} ${JSON.stringify(node[key])}`],
  );
  const head = type !== '' ? type : variantCount > 0 ? `${variantCount} variants` : 'anything';
  return [head, ...limits, ...closed].join(', ');
}
