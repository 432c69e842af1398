import type { ISeriesPrimitive, SeriesAttachedParameter, Time } from 'lightweight-charts';
import type { ChartTrade } from '../model/chart-trades.ts';
import type { DrawTarget } from './draw-target.ts';
import type { Palette } from './palette.ts';

/** Pixels from a mark's tip, which is at the price, to its foot, and half of its width. */
const height = 9;
const halfWidth = 5;

/**
 * Marks trades at their prices, as the candles have them: a triangle that points up at what was bought, one that points
 * down at what was sold.
 * The library has marks of its own, which are several times as large a script.
 */
export class TradeMarks implements ISeriesPrimitive<Time> {
  readonly #trades: readonly ChartTrade[];
  readonly #palette: Palette;
  #attached: SeriesAttachedParameter<Time> | undefined;

  constructor(trades: readonly ChartTrade[], palette: Palette) {
    this.#trades = trades;
    this.#palette = palette;
  }

  attached(parameter: SeriesAttachedParameter<Time>): void {
    this.#attached = parameter;
  }

  readonly #views = [
    {
      zOrder: () => 'top' as const,
      renderer: () => ({ draw: (target: DrawTarget) => this.#draw(target) }),
    },
  ];

  paneViews() {
    return this.#views;
  }

  #draw(target: DrawTarget): void {
    const { chart, series } = this.#attached ?? {};
    if (chart === undefined || series === undefined) return;
    const [bought, sold] = this.#palette.lines;
    target.useMediaCoordinateSpace(({ context }) => {
      for (const { session, side, restated } of this.#trades) {
        const x = chart.timeScale().timeToCoordinate(session);
        const y = series.priceToCoordinate(restated);
        if (x === null || y === null) continue;
        const foot = side === 'buy' ? y + height : y - height;
        context.beginPath();
        context.moveTo(x, y);
        context.lineTo(x - halfWidth, foot);
        context.lineTo(x + halfWidth, foot);
        context.closePath();
        context.fillStyle = side === 'buy' ? bought : sold;
        context.fill();
        // An edge in the colour of the page keeps marks apart from candles of their colour.
        context.strokeStyle = this.#palette.surface;
        context.lineWidth = 1;
        context.stroke();
      }
    });
  }
}
