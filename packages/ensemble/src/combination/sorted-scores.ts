/** Scores in order, to which more come: those are sorted alone, and then both are merged. */
export class SortedScores {
  #sorted = new Float64Array(0);
  #added: number[] = [];

  add(score: number): void {
    this.#added.push(score);
  }

  /** Smallest first. */
  get sorted(): Float64Array {
    if (this.#added.length === 0) return this.#sorted;
    const [known, added] = [this.#sorted, Float64Array.from(this.#added).sort()];
    const merged = new Float64Array(known.length + added.length);
    let next = 0;
    for (let i = 0, j = 0; next < merged.length; next += 1) {
      // Beyond the end there is nothing that is smaller.
      const isKnown = j === added.length || (i < known.length && known[i]! <= added[j]!);
      merged[next] = isKnown ? known[i]! : added[j]!;
      if (isKnown) i += 1;
      else j += 1;
    }
    this.#sorted = merged;
    this.#added = [];
    return merged;
  }
}
