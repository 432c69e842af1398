import { expectationOf, quoted } from '@daytrade/contracts';
import { z } from 'zod';

/** The parts of a request that are checked. */
export type RequestPart = 'body' | 'query' | 'path' | 'headers';

/** One field of a request that is not as its schema says. */
export interface FieldProblem {
  /** For example `from` or `symbols[2]`; the part itself where all of it is wrong. */
  readonly field: string;
  readonly in: RequestPart;
  /** What is allowed and what came. */
  readonly message: string;
}

type Issue = z.core.$ZodIssue;

/** Says what a zod issue means to the one who sent the request. */
export function describeIssue(issue: Issue, part: RequestPart, data: unknown, schema: z.ZodType): FieldProblem[] {
  if (issue.code === 'unrecognized_keys') {
    const known = issue.path.length === 0 ? fieldsOf(schema, data) : [];
    const allowed = known.length === 0 ? 'it is not known' : `it is not known; expected one of ${known.join(', ')}`;
    return issue.keys.map((key) => ({ field: fieldName(part, [...issue.path, key]), in: part, message: allowed }));
  }
  const value = valueAt(data, issue.path);
  const got = value === undefined ? 'but it is missing' : `got ${quoted(value)}`;
  return [{ field: fieldName(part, issue.path), in: part, message: `${expectationOf(issue)}, ${got}` }];
}

/** The fields that a schema knows; of a union, those of the option that the data chose. */
function fieldsOf(schema: z.ZodType, data: unknown): string[] {
  if (schema instanceof z.ZodObject) return Object.keys(schema.shape);
  if (schema instanceof z.ZodDefault) return fieldsOf(schema.unwrap() as z.ZodType, data);
  if (!(schema instanceof z.ZodDiscriminatedUnion)) return [];
  const { discriminator } = schema.def;
  const chosen = (schema.options as z.ZodObject[]).find(
    (option) => (option.shape[discriminator] as z.ZodType).safeParse(valueAt(data, [discriminator])).success,
  );
  return chosen === undefined ? [] : fieldsOf(chosen, data);
}

function fieldName(part: RequestPart, path: readonly PropertyKey[]): string {
  if (path.length === 0) return part;
  return path
    .map((key, at) => (typeof key === 'number' ? `[${key}]` : `${at === 0 ? '' : '.'}${String(key)}`))
    .join('');
}

function valueAt(data: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined,
    data,
  );
}
