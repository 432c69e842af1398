import type { Today } from '@daytrade/contracts';
import { selectionReasonInJapanese } from '@daytrade/contracts/japanese';
import type { ForecastTime } from '../model/day-forecasts.ts';
import { language, text } from './language.ts';
import { sectorLabel } from './names.ts';

/** Returns why a symbol was picked or not. */
export function selectionReasonLabel(reason: string): string {
  if (language.value === 'en') return reason.replace(/(?<=of )\S+(?= are picked)/, sectorLabel);
  return selectionReasonInJapanese(reason);
}

export function forecastTimeLabel(time: ForecastTime): string {
  if (time === 'next-close') return text('inDay.time.evening');
  return time === 'close@open' ? text('inDay.time.open') : time.slice('close@'.length);
}

type Reason = Today['withoutForecast'][number]['reason'];

/** The commands against a missing forecast. Some reasons pass by themselves. */
export const reasonCommands: Readonly<Record<Reason, readonly string[]>> = {
  'not-published': ['daytrade predict'],
  'model-without-horizon': ['daytrade train'],
  'bars-behind': ['daytrade fetch', 'daytrade import FOLDER'],
  'needs-us-session': ['daytrade import --index nasdaq FILE'],
  'needs-5-minute-bars': ['daytrade fetch', 'daytrade import FOLDER'],
  'no-trade-yet': [],
  'too-little-history': [],
};
