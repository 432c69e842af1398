import type { Yen } from '@daytrade/market';

/** Sessions after its trade on which a sale is paid: T+2. */
const settlementSessions = 2;

/** What was sold and is not paid yet. */
export class Settlement {
  readonly #sales: { readonly session: number; amount: Yen }[] = [];
  #session = 0;

  startSession(session: number): void {
    this.#session = session;
    while (this.#sales.length > 0 && this.#sales[0]!.session + settlementSessions <= session) this.#sales.shift();
  }

  sold(amount: Yen): void {
    const newest = this.#sales.at(-1);
    if (newest?.session === this.#session) newest.amount += amount;
    else this.#sales.push({ session: this.#session, amount });
  }

  get unsettled(): Yen {
    return this.#sales.reduce((sum, { amount }) => sum + amount, 0);
  }
}
