import { dateOfDayNumber, isSession } from '@daytrade/market';
import { describe, expect, it } from 'vitest';
import { noisePanel } from './noise.ts';
import { nextSessionLogReturn } from './panel.ts';

describe('noise panel', () => {
  const options = { symbolCount: 10, sessionCount: 600, seed: 3 };
  const panel = noisePanel(options);

  it('is the same for the same seed and another for another', () => {
    expect(noisePanel(options)).toEqual(panel);
    expect(noisePanel({ ...options, seed: 4 }).close).not.toEqual(panel.close);
  });

  it('has valid bars on sessions of the exchange', () => {
    expect([...panel.days].every((day) => isSession(dateOfDayNumber(day)))).toBe(true);
    for (let row = 0; row < panel.close.length; row += 1) {
      const [open, high, low, close] = [panel.open[row]!, panel.high[row]!, panel.low[row]!, panel.close[row]!];
      expect(open > 0 && low > 0 && high < Infinity).toBe(true);
      expect(panel.volume[row]! >= 0 && panel.volume[row]! < Infinity).toBe(true);
      expect(low <= Math.min(open, close) && Math.max(open, close) <= high).toBe(true);
    }
  });

  it('moves by about 1.7 % a session, and a return says nothing of the next one', () => {
    const label = nextSessionLogReturn(panel);
    let squares = 0;
    let products = 0;
    const count = label.length - 2 * options.symbolCount;
    for (let row = 0; row < count; row += 1) {
      squares += label[row]! ** 2;
      products += label[row]! * label[row + options.symbolCount]!;
    }
    expect(Math.sqrt(squares / count)).toBeCloseTo(Math.hypot(0.011, 0.013), 3);
    expect(Math.abs(products / squares)).toBeLessThan(0.1);
  });
});
