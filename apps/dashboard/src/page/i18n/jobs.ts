import type { Job, Run } from '@daytrade/contracts';
import { jobsInJapanese, scheduleInJapanese, stageInJapanese } from '@daytrade/contracts/japanese';
import { missing } from '../model/format.ts';
import { language } from './language.ts';

/** Returns the name of a job. */
export function jobLabel(name: string): string {
  return language.value === 'ja' ? (jobsInJapanese[name]?.[0] ?? name) : name;
}

/** Returns the task of a job, in English where the page has no Japanese for it. */
export function jobDescription({ name, description }: Pick<Job, 'name' | 'description'>): string {
  return language.value === 'ja' ? (jobsInJapanese[name]?.[1] ?? description) : description;
}

/** Returns the schedule of a job in words. */
export function scheduleLabel(schedule: Job['schedule']): string {
  const { description } = schedule;
  if (language.value === 'en') return description.replace(' Japan time', '');
  return scheduleInJapanese(schedule) ?? description;
}

/** Returns the step of a run and how many of its parts are done. */
export function progressLabel({ stage, message }: Pick<NonNullable<Run['progress']>, 'stage' | 'message'>): string {
  if (language.value === 'en') return message ?? stage;
  const step = stageInJapanese(stage) ?? '処理中';
  const [, done, all] = /(\d+) of (\d+)/.exec(message ?? '') ?? [];
  return done === undefined ? step : `${step}（${done} / ${all}）`;
}

/** Returns a duration: `850 ms`, `12 s`, `3 min 05 s`, `1 h 20 min`; `3分5秒`. */
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
