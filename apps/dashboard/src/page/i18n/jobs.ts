import type { Job, Run } from '@daytrade/contracts';
import { jobsInJapanese, scheduleInJapanese, stageInJapanese } from '@daytrade/contracts/japanese';
import { missing } from '../model/format.ts';
import { language, text } from './language.ts';

export function jobLabel(name: string): string {
  return language.value === 'ja' ? (jobsInJapanese[name]?.name ?? name) : name;
}

/** Returns the task of a job, in English where the page has no Japanese for it. */
export function jobDescription({ name, description }: Pick<Job, 'name' | 'description'>): string {
  return language.value === 'ja' ? (jobsInJapanese[name]?.task ?? description) : description;
}

export function scheduleLabel({ description }: Job['schedule']): string {
  if (language.value === 'en') return description.replace(' Japan time', '');
  return scheduleInJapanese(description) ?? description;
}

/** Returns the step of a run and how many of its parts are done. */
export function progressLabel({ stage, message }: Pick<NonNullable<Run['progress']>, 'stage' | 'message'>): string {
  if (language.value === 'en') return message ?? stage;
  const step = stageInJapanese(stage) ?? text('progress.unknown');
  const [, done, total] = /(\d+) of (\d+)/.exec(message ?? '') ?? [];
  return done === undefined ? step : `${step}（${done} / ${total}）`;
}

/** Returns a duration: `850 ms`, `12 s`, `3 min 05 s`, `1 h 20 min`; `3分05秒`. */
export function durationLabel(seconds: number | null): string {
  if (seconds === null) return missing;
  if (seconds < 1) return text('duration.milliseconds', { milliseconds: Math.round(seconds * 1000) });
  if (seconds < 10) return text('duration.seconds', { seconds: Math.round(seconds * 10) / 10 });
  const total = Math.round(seconds);
  if (seconds < 60) return text('duration.seconds', { seconds: total });
  const minutes = Math.floor(total / 60);
  if (minutes < 60) return text('duration.minutes', { minutes, seconds: padded(total % 60) });
  return text('duration.hours', { hours: Math.floor(minutes / 60), minutes: padded(minutes % 60) });
}

function padded(value: number): string {
  return String(value).padStart(2, '0');
}
