import { EwmaScale } from '../intervals/ewma-scale.ts';
import { bounded } from './column-set.ts';

/** The last session in America, in units of its own scale. */
export class OvernightReturn {
  readonly #scale = new EwmaScale();

  /** The return in units of the scale before it; NaN where one is not known. */
  inScale(logReturn: number): number {
    return bounded(logReturn / this.#scale.value, 6);
  }

  /** Takes the return of a night that is over. */
  observe(logReturn: number): void {
    this.#scale.observe(logReturn);
  }
}
