import type { ISeriesPrimitive, SeriesAttachedParameter, Time } from 'lightweight-charts';
import type { DrawTarget } from './draw-target.ts';
import type { Palette } from './palette.ts';

interface Band {
  readonly low: number;
  readonly high: number;
}

/** A shaded band between two values of a series, behind everything, that is always in view. */
export class ObjectiveBand implements ISeriesPrimitive<Time> {
  readonly #band: Band;
  readonly #palette: Palette;
  #series: SeriesAttachedParameter<Time>['series'] | undefined;

  constructor(band: Band, palette: Palette) {
    this.#band = band;
    this.#palette = palette;
  }

  attached({ series }: SeriesAttachedParameter<Time>): void {
    this.#series = series;
  }

  autoscaleInfo() {
    return { priceRange: { minValue: this.#band.low, maxValue: this.#band.high } };
  }

  readonly #views = [
    {
      zOrder: () => 'bottom' as const,
      renderer: () => ({ draw: (target: DrawTarget) => this.#draw(target) }),
    },
  ];

  paneViews() {
    return this.#views;
  }

  #draw(target: DrawTarget): void {
    const top = this.#series?.priceToCoordinate(this.#band.high) ?? null;
    const bottom = this.#series?.priceToCoordinate(this.#band.low) ?? null;
    if (top === null || bottom === null) return;
    target.useMediaCoordinateSpace(({ context, mediaSize }) => {
      context.fillStyle = this.#palette.objective;
      context.fillRect(0, top, mediaSize.width, bottom - top);
    });
  }
}
