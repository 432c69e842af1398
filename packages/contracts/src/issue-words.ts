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

/** Returns a value as JSON, cut where it is long. */
export function quoted(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length <= longest ? text : `${text.slice(0, longest - 3)}...`;
}

/** A third of the letters may be wrong: beyond that two names merely look alike. */
const mostWrong = 1 / 3;

/**
 * The name that was probably meant: the one with the fewest letters to add, drop, exchange or swap with a neighbour
 * (optimal string alignment). A name that contains what was written comes before none at all.
 *
 * @returns undefined where no name is near
 * @example nearestName('jquants.plam', ['jquants.plan', 'jquants.url']) // 'jquants.plan'
 */
export function nearestName(written: string, names: readonly string[]): string | undefined {
  const byDistance = names.map((name) => ({ name, slips: slipsBetween(written, name) }));
  const [nearest] = byDistance.toSorted((one, other) => one.slips - other.slips);
  if (nearest !== undefined && nearest.slips <= mostWrong * nearest.name.length) return nearest.name;
  return names.find((name) => written.length > 2 && name.includes(written));
}

function slipsBetween(one: string, other: string): number {
  let before: readonly number[] = [];
  let above: readonly number[] = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let row = 1; row <= one.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const exchanged = one[row - 1] === other[column - 1] ? 0 : 1;
      const swapped = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      current.push(
        Math.min(
          at(above, column) + 1,
          at(current, column - 1) + 1,
          at(above, column - 1) + exchanged,
          swapped ? at(before, column - 2) + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
    [before, above] = [above, current];
  }
  return at(above, other.length);
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY;
}
