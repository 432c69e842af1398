import { z } from 'zod';

/** Returns the values that a field may have: `expected one of "1d", "5m"`. */
export function expectationOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `expected ${typeName(issue.expected)}`;
    case 'invalid_value':
      return oneOf(issue.values);
    case 'invalid_union':
      return 'options' in issue ? oneOf(issue.options ?? []) : issue.message;
    case 'too_small':
      return (
        `expected ${issue.inclusive === true ? 'at least' : 'more than'} ` +
        `${issue.minimum}${unitOf(issue.origin, issue.minimum)}`
      );
    case 'too_big':
      return (
        `expected ${issue.inclusive === true ? 'at most' : 'less than'} ` +
        `${issue.maximum}${unitOf(issue.origin, issue.maximum)}`
      );
    case 'not_multiple_of':
      return `expected a multiple of ${issue.divisor}`;
    case 'invalid_key':
      return issue.issues[0]?.message ?? issue.message;
    default:
      return issue.message;
  }
}

/**
 * Returns the values that a number, a choice or a switch may have; undefined for a text, whose broken rule says more.
 *
 * @example allowedBy(z.coerce.number().int().min(1).max(9)) // 'expected a whole number from 1 to 9'
 */
export function allowedBy(schema: z.ZodType): string | undefined {
  const allowed = allowedByJson(z.toJSONSchema(schema, { unrepresentable: 'any' }));
  return allowed === undefined ? undefined : `expected ${allowed}`;
}

function allowedByJson(schema: z.core.JSONSchema.BaseSchema): string | undefined {
  const { type, enum: choices, const: only, anyOf = [], minimum, maximum } = schema;
  if (anyOf.length > 0) {
    const parts = anyOf.map((one) => allowedByJson(one as z.core.JSONSchema.BaseSchema));
    return parts.includes(undefined) ? undefined : parts.join(' or ');
  }
  if (only !== undefined) return JSON.stringify(only);
  if (choices !== undefined) return oneOf(choices).replace('expected ', '');
  if (type === 'boolean') return 'true or false';
  if (type !== 'integer' && (type !== 'number' || minimum === undefined || maximum === undefined)) return undefined;
  const number = type === 'integer' ? 'a whole number' : 'a number';
  return maximum === undefined || maximum === Number.MAX_SAFE_INTEGER
    ? `${number} of at least ${minimum}`
    : `${number} from ${minimum} to ${maximum}`;
}

function oneOf(values: readonly unknown[]): string {
  const names = values.map((value) => JSON.stringify(value));
  return names.length === 1 ? `expected ${names[0]}` : `expected one of ${names.join(', ')}`;
}

function unitOf(origin: string, count: number | bigint): string {
  const plural = Number(count) === 1 ? '' : 's';
  if (origin === 'string') return ` character${plural}`;
  return origin === 'array' || origin === 'set' ? ` item${plural}` : '';
}

function typeName(type: string): string {
  if (type === 'int') return 'a whole number';
  return /^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`;
}

const longest = 80;

export function quoted(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length <= longest ? text : `${text.slice(0, longest - 3)}...`;
}
