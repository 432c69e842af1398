import { targetInWords } from '@daytrade/contracts/objective';
import type { PricePlace } from '../model/session-fan.ts';

const englishPlaces: Readonly<Record<PricePlace, string>> = {
  below: 'below',
  'at-lower': 'at the lower bound of',
  inside: 'inside',
  'at-upper': 'at the upper bound of',
  above: 'above',
};

/** The texts of forecasts within the day in English. */
export const inDayInEnglish = {
  'inDay.title': (time: string) => `Today’s close, forecast at: ${time}`,
  'inDay.title.none': 'Today’s close, forecast through the day',
  'inDay.caption': `Forecasts of today’s close with their ${targetInWords} intervals, in yen`,
  'inDay.time': 'Forecast at',
  'inDay.price': 'Price then',
  'inDay.made': 'Made',
  'inDay.interval': 'Interval around that price',
  'inDay.interval.label': (low: string, high: string) => `${low} to ${high} of the price`,
  'inDay.narrowed': 'Since morning',
  'inDay.note': (made: string) =>
    `Made ${made}. The bar is the interval in % of the price from which it was made; “since morning” is how its ` +
    'width changed from the first forecast of the day.',
  'inDay.late': 'Made too late to be a forecast of its time: it counts for nothing.',
  'inDay.without': (symbols: number) => `Without a forecast: ${symbols}.`,
  'inDay.empty.before': (time: string) => `The first forecast of today’s close comes at ${time} Japan time.`,
  'inDay.reason.not-published': 'No forecast of this time was published.',
  'inDay.reason.model-without-horizon':
    'The live model does not know this time of the day: train again. For times after the open that takes two months ' +
    'of 5-minute bars of ten symbols.',
  'inDay.reason.bars-behind': 'The daily bars end before the last session, so that the day begins from an old close.',
  'inDay.reason.needs-us-session': 'The night’s session in America is not there yet, which this forecast needs.',
  'inDay.reason.needs-5-minute-bars': 'Forecasts within the day need 5-minute bars. There are none yet.',
  'inDay.reason.no-trade-yet': 'Not traded in this session by then.',
  'inDay.reason.too-little-history': 'Too few sessions with bars.',
  'fan.title': (time: string) => `Today’s close, forecast through the day; newest: ${time}`,
  'fan.title.over': (session: string) => `The close of ${session}, as it was forecast through the day`,
  'fan.label': (name: string, forecasts: number, time: string, low: string, high: string) =>
    `${name}: ${forecasts} forecasts of the close through the day. The newest (${time}): ${low} to ${high} yen.`,
  'fan.label.prices': (name: string, prices: number) => `${name}: ${prices} prices of the day, no forecast yet.`,
  'fan.label.close': (close: string) => `The close was ${close} yen.`,
  'fan.slider': 'Forecast',
  'fan.slider.value': (time: string, low: string, high: string) => `${time}: ${low} to ${high} yen`,
  'fan.since': (time: string) => `Since ${time}:`,
  'fan.since.width': (from: string, to: string, change: string) => `width ${from} → ${to} (${change})`,
  'fan.since.middle': (change: string) => `middle of the interval ${change}`,
  'fan.since.price': (change: string, place: PricePlace) =>
    `price ${change}, ${englishPlaces[place]} the interval of that time`,
  'fan.legend.interval': `${targetInWords} interval for the close, as it stood`,
  'fan.legend.price': 'price',
  'fan.legend.now': 'newest interval, at the close',
};
