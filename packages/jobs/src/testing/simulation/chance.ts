const yearMs = 365 * 86_400_000;
/** A scheduler is away for a part of a second up to eight hours, short times more often. */
export const longestFailureMs = 8 * 3_600_000;

/** A call in a hundred or its answer is on the way for up to so long, the others for a moment. */
export const longestDelayMs = 10_000;
const delayed = 0.01;
const mostTurns = 4;

/** What is left to chance in a simulation, the same for the same seed. */
export class Chance {
  readonly random: () => number;

  constructor(seed: number) {
    this.random = uniform(seed);
  }

  /** Milliseconds for which a failure lasts. */
  awayMs(): number {
    return longestFailureMs * this.random() ** 6;
  }

  /** How long a call or its answer is on the way, in milliseconds: mostly none. */
  onTheWayMs(): number {
    return this.random() < delayed ? longestDelayMs * this.random() : 0;
  }

  /** For how many turns of what goes on at the same instant one that is not on the way for long is behind. */
  turnsBehind(): number {
    return Math.floor(mostTurns * this.random());
  }

  /** Milliseconds until something comes next that comes at any time, on average so often a year. */
  untilNextMs(perYear: number): number {
    return (-Math.log(1 - this.random()) * yearMs) / perYear;
  }
}

/** Uniform numbers in [0, 1): mulberry32. */
function uniform(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
