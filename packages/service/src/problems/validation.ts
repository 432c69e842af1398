import { apiPrefix, emptyBodySchema } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import type { FastifySchemaCompiler } from 'fastify';
import { z } from 'zod';
import type { Service } from '../service.ts';
import { describeIssue, type FieldProblem, type RequestPart } from './field-problem.ts';

const most = 10;

const parts: Readonly<Record<string, RequestPart>> = {
  params: 'path',
  querystring: 'query',
  body: 'body',
  headers: 'headers',
};

/**
 * Checks a part of a request by its zod schema. A query parameter that the schema does not know is refused, since a
 * misspelt one would silently be its default.
 *
 * @throws never; the error that it gives is `input.invalid`, naming each field, its value and what is allowed
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

/** One problem a field: the first thing that is wrong with it mostly is the cause of the others. */
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

/**
 * A route of the API that names no query and no body takes none, rather than any. Call it before the routes are added.
 */
export function refuseUnknownFields(service: Service): void {
  service.addHook('onRoute', (route) => {
    if (!route.url.startsWith(apiPrefix) || route.schema?.hide === true) return;
    const body = route.method === 'POST' ? { body: emptyBodySchema } : {};
    route.schema = { querystring: z.object({}), ...body, ...route.schema };
  });
}
