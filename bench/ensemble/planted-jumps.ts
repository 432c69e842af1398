import type { Panel, SessionIndex } from '@daytrade/series';

/** A stretch of sessions in which every move is larger than it was. */
export interface PlantedJump {
  readonly from: SessionIndex;
  /** One after the last. */
  readonly to: SessionIndex;
}

/**
 * A panel whose log returns are `factor` times as large in some stretches, overnight and within the session; volumes
 * stay. What a jump of volatility does to intervals, on bars that are otherwise real.
 */
export function plantJumps(panel: Panel, jumps: readonly PlantedJump[], factor: number): Panel {
  const symbols = panel.symbols.length;
  const [open, high, low, close] = [panel.open, panel.high, panel.low, panel.close].map((column) => column.slice()) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  for (let s = 0; s < symbols; s += 1) {
    let before = NaN;
    let moved = NaN;
    for (let t = 0; t < panel.days.length; t += 1) {
      const row = t * symbols + s;
      if (!Number.isFinite(panel.close[row]!)) continue;
      const power = jumps.some(({ from, to }) => t >= from && t < to) ? factor : 1;
      if (Number.isFinite(before)) {
        const from = moved;
        const base = before;
        for (const column of [open, high, low, close]) column[row] = from * (column[row]! / base) ** power;
      }
      before = panel.close[row]!;
      moved = close[row]!;
    }
  }
  return { ...panel, open, high, low, close };
}
