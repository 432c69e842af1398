import type { Answer, BookOrder, Broker } from '@daytrade/paper';
import { isOfBroker, type KabuClient, KabuRefusal } from './kabu-client.ts';
import { type AccountType, orderRequest } from './order-request.ts';

/**
 * Orders to the broker: each key is sent at most once by a process, and one that may have been sent by another process
 * before is not sent at all. Anything but a number of the broker leaves it unknown whether it has the order, refusals
 * included, since orders were executed that it had refused; who asks looks among the orders.
 */
export class KabuBroker implements Broker {
  readonly name = 'kabu-station';
  readonly #client: KabuClient;
  readonly #accountType: AccountType;
  readonly #answers = new Map<string, Answer>();
  readonly #refusals = new Map<string, string>();

  constructor(client: KabuClient, accountType: AccountType) {
    this.#client = client;
    this.#accountType = accountType;
  }

  async place(order: BookOrder): Promise<Answer> {
    const before = this.#answers.get(order.key);
    if (before !== undefined) return before;
    // Before it is sent: an error on the way must not let it be sent again.
    this.#answers.set(order.key, { accepted: 'unknown' });
    try {
      const brokerId = await this.#client.sendOrder(orderRequest(order, this.#accountType));
      this.#answers.set(order.key, { accepted: true, brokerId });
    } catch (error) {
      if (!isOfBroker(error)) throw error;
      if (error instanceof KabuRefusal) this.#refusals.set(order.key, error.message);
    }
    return this.#answers.get(order.key)!;
  }

  /** What the broker said when it gave no number; undefined where it said nothing. */
  refusalOf(key: string): string | undefined {
    return this.#refusals.get(key);
  }
}
