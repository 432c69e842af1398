/** What orders met with, counted; and what trading cost, in yen. */
export class Tally {
  orders = 0;
  filled = 0;
  ambiguous = 0;
  /** Orders that were not sent or not taken, by why. */
  readonly refused: Record<string, number> = {};
  commission = 0;
  spread = 0;
  impact = 0;
  interest = 0;
  lendingFee = 0;
  /** Yen that changed hands. */
  turnover = 0;

  refuse(reason: string): void {
    this.refused[reason] = (this.refused[reason] ?? 0) + 1;
  }

  get costs(): number {
    return this.commission + this.spread + this.impact + this.interest + this.lendingFee;
  }
}
