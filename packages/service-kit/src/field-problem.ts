import { z } from 'zod';

/** One field of a request that is not as its schema says. */
export interface FieldProblem {
  /** For example `querystring.from` or `body.symbols[2]`. */
  readonly field: string;
  /** What is allowed and what came. */
  readonly message: string;
}

type Issue = z.core.$ZodIssue;

/** Says what a zod issue means to the one who sent the request. */
export function describeIssue(issue: Issue, part: string, data: unknown, schema: z.ZodType): FieldProblem[] {
  if (issue.code === 'unrecognized_keys') {
    const known = schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
    const allowed = known.length === 0 ? 'it is not known' : `it is not known; expected one of ${known.join(', ')}`;
    return issue.keys.map((key) => ({ field: fieldName(part, [...issue.path, key]), message: allowed }));
  }
  const value = valueAt(data, issue.path);
  const got = value === undefined ? 'but it is missing' : `got ${quote(value)}`;
  return [{ field: fieldName(part, issue.path), message: `${expectation(issue)}, ${got}` }];
}

function expectation(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `expected ${typeName(issue.expected)}`;
    case 'invalid_value':
      return oneOf(issue.values);
    case 'invalid_union':
      return 'options' in issue ? oneOf(issue.options ?? []) : issue.message;
    case 'too_small':
      return `expected ${issue.inclusive === true ? 'at least' : 'more than'} ${issue.minimum}${unitOf(issue.origin)}`;
    case 'too_big':
      return `expected ${issue.inclusive === true ? 'at most' : 'less than'} ${issue.maximum}${unitOf(issue.origin)}`;
    case 'not_multiple_of':
      return `expected a multiple of ${issue.divisor}`;
    default:
      return issue.message;
  }
}

function oneOf(values: readonly unknown[]): string {
  const names = values.map((value) => JSON.stringify(value));
  return names.length === 1 ? `expected ${names[0]}` : `expected one of ${names.join(', ')}`;
}

function unitOf(origin: string): string {
  if (origin === 'string') return ' characters';
  return origin === 'array' || origin === 'set' ? ' items' : '';
}

function typeName(type: string): string {
  if (type === 'int') return 'a whole number';
  return /^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`;
}

function fieldName(part: string, path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (name, key) => (typeof key === 'number' ? `${name}[${key}]` : `${name}.${String(key)}`),
    part,
  );
}

function valueAt(data: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined,
    data,
  );
}

/** A value as JSON, cut where it is long. */
function quote(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length <= 80 ? text : `${text.slice(0, 77)}...`;
}
