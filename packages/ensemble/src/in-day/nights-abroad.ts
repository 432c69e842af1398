import type { SessionIndex } from '@daytrade/series';
import { EwmaScale } from '../intervals/ewma-scale.ts';
import { bounded } from './column-set.ts';
import type { InDayBars } from './in-day-bars.ts';

/** What America did in a night, each in units of its own scale; NaN where it is not known. */
export interface Abroad {
  /** The return of its last session. */
  readonly america: number;
  /** The change of the logarithm of the VIX. */
  readonly vix: number;
}

/** What America did in the nights between the sessions of a panel, one after the other. */
export class NightsAbroad {
  readonly #overnight: InDayBars['overnight'];
  readonly #vix: InDayBars['vix'];
  readonly #scales = { america: new EwmaScale(), vix: new EwmaScale() };

  constructor({ overnight, vix }: Pick<InDayBars, 'overnight' | 'vix'>) {
    this.#overnight = overnight;
    this.#vix = vix;
  }

  /** The night after session `t`, in units of the scales before it. */
  after(t: SessionIndex): Abroad {
    const { america, vix } = this.#moves(t);
    return {
      america: bounded(america / this.#scales.america.value, 6),
      vix: bounded(vix / this.#scales.vix.value, 6),
    };
  }

  /** Takes the night after session `t`, which is over. */
  observe(t: SessionIndex): void {
    const { america, vix } = this.#moves(t);
    this.#scales.america.observe(america);
    this.#scales.vix.observe(vix);
  }

  #moves(t: SessionIndex): Abroad {
    return {
      america: this.#overnight?.[t] ?? NaN,
      vix: Math.log((this.#vix?.[t] ?? NaN) / (this.#vix?.[t - 1] ?? NaN)),
    };
  }
}
