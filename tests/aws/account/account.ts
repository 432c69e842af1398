import { join } from 'node:path';
import { run } from '../../support/steps.ts';
import { awsPython } from '../tooling/aws-python.ts';
import { regions, type Simulator } from '../tooling/simulator.ts';

/** A thing of the account as the API describes it; its fields are AWS's own. */
// oxlint-disable-next-line typescript/no-explicit-any -- fields of forty services are compared with expectations, not computed with
export type ApiRecord = Record<string, any>;

/** What an account has, by region and kind; the kinds are those of inventory.py. */
export class Account {
  readonly #told: Readonly<Record<string, Readonly<Record<string, readonly unknown[]>>>>;

  constructor(told: Readonly<Record<string, Readonly<Record<string, readonly unknown[]>>>>) {
    this.#told = told;
  }

  /**
   * Records of a kind, in the main region unless another is named.
   * @throws Error for a kind that the inventory has not
   */
  list(kind: string, region: string = regions[0]): ApiRecord[] {
    const records = this.#told[region]?.[kind];
    if (records === undefined) throw new Error(`the inventory has no ${kind} in ${region}`);
    return records as ApiRecord[];
  }

  /** Every thing by region, kind and identity, without keys that wait for their end. */
  get identities(): Set<string> {
    const lists = Object.entries(this.#told).flatMap(([region, kinds]) =>
      Object.entries(kinds).map(([kind, records]) => [`${region} ${kind}`, records] as const),
    );
    return new Set(
      lists.flatMap(([where, records]) => records.filter(isLeft).map((record) => `${where} ${identity(record)}`)),
    );
  }
}

/** Asks the simulator's API for all that the account has. */
export async function readAccount(simulator: Simulator): Promise<Account> {
  const { python } = await awsPython();
  const script = join(import.meta.dirname, 'inventory.py');
  const { stdout } = await run(python, [script, ...regions], { environment: simulator.environment });
  return new Account(JSON.parse(stdout));
}

/**
 * AWS deletes a key only after its waiting time, and shows NAT gateways and ECS clusters for a while after their end.
 */
function isLeft(record: unknown): boolean {
  const { KeyState, State, KeyManager, status } = record as ApiRecord;
  return KeyState !== 'PendingDeletion' && State !== 'deleted' && KeyManager !== 'AWS' && status !== 'INACTIVE';
}

const identifiers = /^(\w*(Id|Arn|ARN|Identifier)|arn|id|name|Name|\w+Name)$/;

function identity(record: unknown): string {
  if (typeof record !== 'object' || record === null) return String(record);
  const named = Object.entries(record).filter(([field, value]) => identifiers.test(field) && typeof value === 'string');
  return named.map(([field, value]) => `${field}=${value}`).join(' ');
}
