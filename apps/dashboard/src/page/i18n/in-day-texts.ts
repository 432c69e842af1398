import type { Today } from '@daytrade/contracts';
import type { ForecastTime } from '../model/session-fan.ts';
import { language } from './language.ts';

const times = {
  'next-close': { en: 'evening before', ja: '前日夕方' },
  'close@open': { en: 'open', ja: '寄り付き' },
} as const;

/** When a forecast was made, as a reader says it: the evening before, the open, or the hour. */
export function forecastTimeLabel(time: ForecastTime): string {
  if (time === 'next-close' || time === 'close@open') return times[time][language.value];
  return time.slice('close@'.length);
}

type Reason = Today['withoutForecast'][number]['reason'];

/** What a reader does about a reason; nothing for those that pass by themselves. */
export const reasonCommands: Readonly<Record<Reason, readonly string[]>> = {
  'not-published': ['daytrade predict'],
  'model-without-horizon': ['daytrade train'],
  'bars-behind': ['daytrade fetch', 'daytrade import FOLDER'],
  'needs-us-session': ['daytrade import --index nasdaq FILE'],
  'needs-5-minute-bars': ['daytrade fetch', 'daytrade import FOLDER'],
  'no-trade-yet': [],
  'too-little-history': [],
};
