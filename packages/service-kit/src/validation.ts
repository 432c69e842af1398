import { DayTradeError } from '@daytrade/errors';
import type { FastifySchemaCompiler } from 'fastify';
import { z } from 'zod';
import { describeIssue, type FieldProblem } from './field-problem.ts';

const most = 10;

/**
 * Checks a part of a request by its zod schema. A query parameter that the schema does not know is refused, since a misspelt one
 * would silently be its default.
 *
 * @throws never; the error that it gives is `input.invalid`, naming each field, its value and what is allowed
 */
export const validatorCompiler: FastifySchemaCompiler<z.ZodType> = ({ schema, httpPart }) => {
  const part = httpPart === 'params' ? 'path' : (httpPart ?? 'request');
  const strict = part === 'querystring' && schema instanceof z.ZodObject ? schema.strict() : schema;
  return (data: unknown) => {
    const parsed = strict.safeParse(data);
    if (parsed.success) return { value: parsed.data };
    const problems = parsed.error.issues.flatMap((issue) => describeIssue(issue, part, data, strict));
    return { error: invalid(firstOfEach(problems)) };
  };
};

/** The first thing that is wrong with a field mostly is the cause of the others. */
function firstOfEach(problems: readonly FieldProblem[]): FieldProblem[] {
  return problems.filter(({ field }, index) => problems.findIndex((other) => other.field === field) === index);
}

function invalid(problems: readonly FieldProblem[]): DayTradeError {
  const shown = problems.slice(0, most).map(({ field, message }) => `${field}: ${message}`);
  if (problems.length > most) shown.push(`and ${problems.length - most} more`);
  return new DayTradeError('input.invalid', shown.join('; '), { details: { fields: problems.slice(0, most) } });
}
