import type { ClosedPair, PredictionPair } from '@daytrade/canary';
import { addSessions, parseTradeDate } from '@daytrade/market';
import { normal, type RandomSource } from '@daytrade/series';

/** What is wrong with the canary's predictions. */
export interface PredictionFault {
  /** Standard deviations that each middle is moved. */
  readonly shift: number;
  /** What each width is multiplied with. */
  readonly width: number;
  readonly stale: boolean;
}

interface Symbol {
  readonly symbol: string;
  readonly price: number;
  /** Standard deviation of a day, as the stable version sees it. */
  readonly deviation: number;
  readonly sector: number;
  /** 1 or -1: where a shift goes, where it is not the same for all. */
  readonly side: number;
}

const sectors = 10;
const halfWidth = 1.812;
const lastSession = parseTradeDate('2026-06-11');

/**
 * What two versions predict for the same symbols. Half of the healthy ones have the same model, to rounding; the others
 * one that was trained again: it moves all symbols, those of a sector, and each of its own, with heavy tails. Closes of
 * the days since have a market factor, days of more and less volatility, and heavy tails.
 */
export class SimulatedPredictions {
  readonly #random: RandomSource;
  readonly #symbols: readonly Symbol[];
  readonly #retrained: number;
  readonly #sameSide: boolean;
  readonly #closed: readonly ClosedPair[];
  readonly #pairs: readonly PredictionPair[];
  readonly #fault: PredictionFault;
  readonly #staleShare: number;

  constructor(random: RandomSource, sessions: number, fault: PredictionFault) {
    this.#random = random;
    this.#fault = fault;
    this.#symbols = Array.from({ length: Math.round(20 * 15 ** random()) }, (_, i) => ({
      symbol: String(1_301 + i),
      price: 500 * 20 ** random(),
      deviation: 0.01 * 4 ** random(),
      sector: Math.floor(random() * sectors),
      side: random() < 0.5 ? -1 : 1,
    }));
    this.#retrained = random() < 0.5 ? 1 : 1e-6;
    this.#sameSide = random() < 0.5;
    this.#staleShare = 0.3 + 0.7 * random();
    this.#closed = Array.from({ length: sessions }, (_, day) => this.#closedDay(day)).flat();
    this.#pairs = this.#day(0);
  }

  /** The newest answers of both. A healthy canary may be caught while bars come in. */
  next(caughtMidway: boolean): readonly PredictionPair[] {
    const late = this.#fault.stale ? this.#staleShare : caughtMidway ? this.#random() : 0;
    return this.#pairs.map((pair, i) => {
      if (pair.canary === undefined || i >= late * this.#pairs.length) return pair;
      return { ...pair, canary: { ...pair.canary, lastSession: addSessions(lastSession, -1) } };
    });
  }

  get closed(): readonly ClosedPair[] {
    return this.#closed;
  }

  #closedDay(day: number): readonly ClosedPair[] {
    const random = this.#random;
    const volatility = Math.exp(0.3 * normal(random));
    const market = normal(random);
    return this.#day(-1 - day).flatMap(({ symbol, session, stable, canary }, i) => {
      const { deviation, price } = this.#symbols[i]!;
      const own = normal(random) / Math.sqrt(chiSquare(random, 4) / 4);
      const move = deviation * volatility * (Math.sqrt(0.35) * market + Math.sqrt(0.65 / 2) * own);
      return canary === undefined ? [] : [{ symbol, session, close: price * Math.exp(move), stable, canary }];
    });
  }

  #day(away: number): readonly PredictionPair[] {
    const random = this.#random;
    const { shift, width } = this.#fault;
    const last = addSessions(lastSession, away);
    const session = addSessions(last, 1);
    const sectorShift = Array.from({ length: sectors }, () => 0.1 * normal(random));
    const [common, commonWidth] = [0.15 * normal(random), 0.04 * normal(random)];
    return this.#symbols.map(({ symbol, price, deviation, sector, side }) => {
      const centre = 0.05 * deviation * normal(random);
      const half = halfWidth * deviation * Math.exp(0.1 * normal(random));
      const own = (0.1 * normal(random)) / Math.sqrt(chiSquare(random, 5) / 5);
      const moved = this.#retrained * (common + sectorShift[sector]! + own) + shift * (this.#sameSide ? 1 : side);
      const canaryHalf = half * width * Math.exp(this.#retrained * (commonWidth + 0.06 * normal(random)));
      const interval = (middle: number, halfOf: number) => ({
        lower: price * Math.exp(middle - halfOf),
        upper: price * Math.exp(middle + halfOf),
        lastSession: last,
      });
      const missing = random() < 0.005;
      return {
        symbol,
        session,
        stable: interval(centre, half),
        canary: missing ? undefined : interval(centre + moved * deviation, canaryHalf),
      };
    });
  }
}

function chiSquare(random: RandomSource, freedom: number): number {
  let sum = 0;
  for (let i = 0; i < freedom; i += 1) sum += normal(random) ** 2;
  return sum;
}
