import { apiPrefix, emptyBodySchema, expectationOf, quoted } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import type { FastifySchemaCompiler } from 'fastify';
import { z } from 'zod';
import type { Service } from '../service.ts';

const most = 10;

const parts: Readonly<Record<string, RequestPart>> = {
  params: 'path',
  querystring: 'query',
  body: 'body',
  headers: 'headers',
};

/**
 * Validates a part of a request by its zod schema. An unknown query parameter is refused, since a misspelt one would
 * silently have its default. The error is `input.invalid` with each field, its value and the expected one; that of
 * fastify-type-provider-zod has zod's words alone.
 */
export const validatorCompiler: FastifySchemaCompiler<z.ZodType> = ({ schema, httpPart = 'body' }) => {
  const part = parts[httpPart] as RequestPart;
  const strict = part === 'query' && schema instanceof z.ZodObject ? schema.strict() : schema;
  return (data: unknown) => {
    const parsed = strict.safeParse(data);
    if (parsed.success) return { value: parsed.data };
    return { error: invalid(problemsOf(parsed.error.issues, part, data, strict)) };
  };
};

/** Returns the first problem of each field, which usually causes its others. */
function problemsOf(
  issues: readonly z.core.$ZodIssue[],
  part: RequestPart,
  data: unknown,
  schema: z.ZodType,
): FieldProblem[] {
  const firstOfEach = new Map<string, FieldProblem>();
  for (const problem of issues.flatMap((issue) => describeIssue(issue, part, data, schema))) {
    if (!firstOfEach.has(problem.field)) firstOfEach.set(problem.field, problem);
  }
  return [...firstOfEach.values()];
}

function invalid(problems: readonly FieldProblem[]): DayTradeError {
  const shown = problems.slice(0, most).map(({ field, message }) => `${field}: ${message}`);
  if (problems.length > most) shown.push(`and ${problems.length - most} more`);
  return new DayTradeError('input.invalid', shown.join('; '), { details: { fields: problems.slice(0, most) } });
}

/** Refuses query and body on routes of the API that declare none. Must be called before the routes are added. */
export function refuseUnknownFields(service: Service): void {
  service.addHook('onRoute', (route) => {
    if (!route.url.startsWith(apiPrefix) || route.schema?.hide === true) return;
    const body = route.method === 'POST' ? { body: emptyBodySchema } : {};
    route.schema = { querystring: z.object({}), ...body, ...route.schema };
  });
}

type RequestPart = 'body' | 'query' | 'path' | 'headers';

/** A field that violates its schema. */
interface FieldProblem {
  /** Such as `from` or `symbols[2]`; the name of the part if all of it is wrong. */
  readonly field: string;
  readonly in: RequestPart;
  /** The expected and the actual value. */
  readonly message: string;
}

type Issue = z.core.$ZodIssue;

function describeIssue(issue: Issue, part: RequestPart, data: unknown, schema: z.ZodType): FieldProblem[] {
  if (issue.code === 'unrecognized_keys') {
    const known = issue.path.length === 0 ? fieldsOf(schema, data) : [];
    const allowed = known.length === 0 ? 'it is not known' : `it is not known; expected one of ${known.join(', ')}`;
    return issue.keys.map((key) => ({ field: fieldName(part, [...issue.path, key]), in: part, message: allowed }));
  }
  const value = valueAt(data, issue.path);
  const got = value === undefined ? 'but it is missing' : `got ${quoted(value)}`;
  return [{ field: fieldName(part, issue.path), in: part, message: `${expectationOf(issue)}, ${got}` }];
}

/** Returns the fields of a schema; for a union, those of the option that the data selects. */
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
