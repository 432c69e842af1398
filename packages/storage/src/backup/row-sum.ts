import { createHash } from 'node:crypto';

const modulus = 1n << 256n;

/** Sums up the rows of a table: how many there are, and a checksum that does not depend on their order. */
export class RowSum {
  rows = 0;
  #sum = 0n;

  /** @param row as JSON */
  add(row: string): void {
    this.rows += 1;
    this.#sum = (this.#sum + BigInt(`0x${createHash('sha256').update(row).digest('hex')}`)) % modulus;
  }

  get checksum(): string {
    return this.#sum.toString(16).padStart(64, '0');
  }
}
