import { type UniverseRequest, universeRequest } from '@daytrade/contracts';
import { parseInput } from './input.ts';

/** The option that names a set of symbols whose members count. */
export const universeOption = [
  '--universe <name>',
  'only members of listed, topix, topix500, topix100 or nikkei225, each at the sessions at which it was one',
] as const;

/** The option that goes back to today's members. */
export const noFormerMembers = [
  '--no-former-members',
  "beside --universe: today's members at all sessions, as if it had been known who stays",
] as const;

/**
 * What the two options ask for.
 *
 * @throws DayTradeError `input.invalid`
 */
export function universeAsked(options: Readonly<Record<string, unknown>>): UniverseRequest {
  const universe = parseInput(universeRequest.universe, options.universe, '--universe');
  return {
    ...(universe === undefined ? {} : { universe }),
    ...(options.formerMembers === false ? { formerMembers: false } : {}),
  };
}
