export class SimulatedClock {
  #time: number;
  /** Every wait, in milliseconds. */
  readonly pauses: number[] = [];

  /** @param instant ISO 8601 */
  constructor(instant: string) {
    this.#time = Date.parse(instant);
  }

  readonly now = (): number => this.#time;

  readonly pause = (milliseconds: number): Promise<void> => {
    this.pauses.push(milliseconds);
    this.#time += milliseconds;
    return Promise.resolve();
  };
}
