import { setImmediate as turn } from 'node:timers/promises';

/** Work in parts: other work of the event loop may go on at each `yield`. */
export type Parts<Result> = Generator<undefined, Result>;

/** Rows in a part: some 10 ms. */
export const rowsPerPart = 5_000;

/** Does all parts at once. */
export function atOnce<Result>(parts: Parts<Result>): Result {
  for (;;) {
    const { done, value } = parts.next();
    if (done === true) return value;
  }
}

/** Does one part after another, and lets the event loop go on in between. */
export async function inTurns<Result>(parts: Parts<Result>): Promise<Result> {
  for (;;) {
    const { done, value } = parts.next();
    if (done === true) return value;
    await turn();
  }
}
