import type { tradeDateSchema } from '@daytrade/contracts';
import {
  type DayNumber,
  dateOfDayNumber,
  dayNumber,
  formatSymbol,
  isSession,
  parseSymbol,
  roundToTick,
  type SymbolCode,
  type TradeDate,
  type Unit,
  type Yen,
} from '@daytrade/market';
import { type LogReturn, type nextSessionLogReturn, type Panel, type SessionIndex, slicePanel } from '@daytrade/series';
import { describe, expectTypeOf, it } from 'vitest';
import type { z } from 'zod';

// Nothing here runs: `tsc` refuses this file when one of these statements is wrong.

type Day = Panel['days'][number];

describe('a number of one unit', () => {
  it('is not taken for one of another unit', () => {
    expectTypeOf<DayNumber>().not.toExtend<SessionIndex>();
    expectTypeOf<SessionIndex>().not.toExtend<DayNumber>();
    expectTypeOf<Yen>().not.toExtend<LogReturn>();
    expectTypeOf<LogReturn>().not.toExtend<Unit<'BasisPoints'>>();
  });

  it('keeps its unit through the functions that make and take it', () => {
    expectTypeOf(slicePanel).parameter(1).toEqualTypeOf<SessionIndex>();
    expectTypeOf<Day>().toEqualTypeOf<DayNumber>();
    expectTypeOf(dayNumber).returns.toEqualTypeOf<DayNumber>();
    expectTypeOf(dateOfDayNumber).parameter(0).toEqualTypeOf<DayNumber>();
    expectTypeOf(roundToTick).returns.toEqualTypeOf<Yen>();
    expectTypeOf<ReturnType<typeof nextSessionLogReturn>[number]>().toEqualTypeOf<LogReturn>();
  });

  it('may be a plain number, so that loops need no cast', () => {
    expectTypeOf<number>().toExtend<SessionIndex>();
    expectTypeOf<Int32Array>().toExtend<Panel['days']>();
  });
});

describe('a text of one kind', () => {
  it('is made only by the function that checks it', () => {
    expectTypeOf<string>().not.toExtend<TradeDate>();
    expectTypeOf<string>().not.toExtend<SymbolCode>();
    expectTypeOf(isSession).parameter(0).toEqualTypeOf<TradeDate>();
    expectTypeOf(formatSymbol).parameter(0).toEqualTypeOf<SymbolCode>();
    expectTypeOf(parseSymbol).returns.toEqualTypeOf<SymbolCode>();
  });

  it('is text on the wire and a date once a schema has read it', () => {
    expectTypeOf<z.input<typeof tradeDateSchema>>().toEqualTypeOf<string>();
    expectTypeOf<z.output<typeof tradeDateSchema>>().toExtend<TradeDate>();
  });
});
