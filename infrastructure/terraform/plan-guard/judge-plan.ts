import type { Allowance, GuardedAction } from './allow-list.ts';
import { type GuardedKind, guardedKind } from './guarded-types.ts';
import type { Plan, PlannedChange } from './read-plan.ts';
import { lostSlots } from './slots.ts';

/** The loss of a guarded object, and whether somebody decided on it. */
export interface Loss {
  readonly address: string;
  readonly kind: GuardedKind;
  readonly action: GuardedAction;
  /** Arguments that force a replacement. */
  readonly forcedBy: readonly string[];
  readonly verdict: 'refused' | 'allowed';
  /** Why the verdict is as it is, as a sentence. */
  readonly because: string;
}

/** What the guard says of a plan. */
export interface Verdict {
  readonly verdict: 'refused' | 'allowed';
  readonly losses: readonly Loss[];
  /** Addresses of allow-list entries that nothing in the plan needed. */
  readonly unused: readonly string[];
  /** Objects that the plan looks at or changes, guarded or not. */
  readonly changes: number;
}

/**
 * Refuses a plan that replaces or destroys a guarded object without an allowance for exactly that.
 * @param today `YYYY-MM-DD`, for allowances that have ended
 */
export function judgePlan({ changes, activeSlot }: Plan, allowances: readonly Allowance[], today: string): Verdict {
  const used = new Set<Allowance>();
  const slots = lostSlots(changes, activeSlot);
  const kindOf = ({ type, address }: PlannedChange) => guardedKind(type) ?? (slots.has(address) ? 'slot' : undefined);
  const losses = changes.flatMap((change) => judgeChange(change, kindOf(change), allowances, today, used));
  return {
    verdict: losses.some((loss) => loss.verdict === 'refused') ? 'refused' : 'allowed',
    losses,
    unused: allowances.filter((allowance) => !used.has(allowance)).map((allowance) => allowance.address),
    changes: changes.length,
  };
}

function judgeChange(
  { address, actions, forcedBy }: PlannedChange,
  kind: GuardedKind | undefined,
  allowances: readonly Allowance[],
  today: string,
  used: Set<Allowance>,
): Loss[] {
  // `forget` takes an object out of the state and leaves it in the cloud, so nothing is lost.
  if (kind === undefined || !actions.includes('delete')) return [];
  const action = actions.includes('create') ? 'replace' : 'destroy';
  const named = allowances.filter((allowance) => allowance.address === address);
  const fitting = named.find((allowance) => allowance.action === action);
  if (fitting !== undefined) used.add(fitting);
  const loss = { address, kind, action, forcedBy } as const;
  if (fitting === undefined) {
    const other = named[0];
    const because = other === undefined ? 'it is in no allow-list' : `the allow-list names it for ${other.action} only`;
    return [{ ...loss, verdict: 'refused', because }];
  }
  if (fitting.until < today) {
    return [{ ...loss, verdict: 'refused', because: `its allowance ended on ${fitting.until}` }];
  }
  return [{ ...loss, verdict: 'allowed', because: `allowed until ${fitting.until}: ${fitting.reason}` }];
}
