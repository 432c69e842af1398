import { missing } from '../model/format.ts';
import { language } from './language.ts';

/** Seconds in the reader's language: `850 ms`, `12 s`, `3 min 05 s`, `1 h 20 min`; `3分5秒`. */
export function durationLabel(seconds: number | null): string {
  if (seconds === null) return missing;
  const isEnglish = language.value === 'en';
  if (seconds < 1) return `${Math.round(seconds * 1000)}${isEnglish ? ' ms' : 'ミリ秒'}`;
  if (seconds < 60) {
    const shown = seconds < 10 ? Math.round(seconds * 10) / 10 : Math.round(seconds);
    return `${shown}${isEnglish ? ' s' : '秒'}`;
  }
  const total = Math.round(seconds);
  const [hours, minutes, rest] = [Math.floor(total / 3600), Math.floor((total % 3600) / 60), total % 60];
  if (isEnglish) return hours === 0 ? `${minutes} min ${padded(rest)} s` : `${hours} h ${padded(minutes)} min`;
  return hours === 0 ? `${minutes}分${rest}秒` : `${hours}時間${minutes}分`;
}

function padded(value: number): string {
  return String(value).padStart(2, '0');
}
