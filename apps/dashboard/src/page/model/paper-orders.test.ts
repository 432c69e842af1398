import { tradeDateSchema } from '@daytrade/contracts';
import { expect, it } from 'vitest';
import { orderTime } from './paper-orders.ts';
import { sortRows } from './sorting.ts';

it('has orders of the newest session first, and of those what changed last, also when an older one changed later', () => {
  const order = (name: string, session: string, at: string) => ({ name, session: tradeDateSchema.parse(session), at });
  const orders = [
    order('settled late', '2026-11-24', '2026-11-24T23:50:00.000Z'),
    order('sent', '2026-11-25', '2026-11-24T23:46:00.000Z'),
    order('cancelled', '2026-11-25', '2026-11-25T01:00:00.000Z'),
  ];
  expect(sortRows(orders, orderTime, true).map(({ name }) => name)).toEqual(['cancelled', 'sent', 'settled late']);
});
