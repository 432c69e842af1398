import type { Run } from '@daytrade/contracts';
import { language } from './language.ts';
import { stagesInJapanese } from './stages-in-japanese.ts';

/** Where a run is, in words: what its worker says of it, in Japanese the step and how many of how many. */
export function progressLabel({ stage, message }: Pick<NonNullable<Run['progress']>, 'stage' | 'message'>): string {
  if (language.value === 'en') return message ?? stage;
  const step = stagesInJapanese[stage] ?? '処理中';
  const [, done, all] = /(\d+) of (\d+)/.exec(message ?? '') ?? [];
  return done === undefined ? step : `${step}（${done} / ${all}）`;
}
