import type { Job } from '@daytrade/contracts';
import { language } from './language.ts';

/** The scheduler's jobs by their names; it writes everything in English. */
const jobNames: Readonly<Record<string, string>> = {
  prediction: '予測',
  'data-update': 'データ更新',
  'market-preparation': '市場準備',
  report: '日次報告',
  retraining: '再学習',
  training: '学習',
  evaluation: '検証',
  fetch: 'データ取得',
  'automatic-trading': '自動売買',
};

/** The job's name as a reader says it. */
export function jobLabel(name: string): string {
  return language.value === 'ja' ? (jobNames[name] ?? name) : name;
}

const weekdays: Readonly<Record<string, string>> = {
  Monday: '月曜',
  Tuesday: '火曜',
  Wednesday: '水曜',
  Thursday: '木曜',
  Friday: '金曜',
  Saturday: '土曜',
  Sunday: '日曜',
};

/** When a job runs, in words. The scheduler says it in English; the Japanese is composed from the figures in it. */
export function scheduleLabel(schedule: Job['schedule']): string {
  const { description } = schedule;
  if (language.value === 'en') return description.replace(' Japan time', '');
  return scheduleInJapanese(schedule) ?? description;
}

function scheduleInJapanese({ type, description }: Job['schedule']): string | undefined {
  const time = /\d{2}:\d{2}/.exec(description)?.[0];
  const figure = /\d+/.exec(description)?.[0];
  if (type === 'on-demand') return '随時';
  if (figure === undefined) return undefined;
  switch (type) {
    case 'daily':
      return `毎立会日 ${time}`;
    case 'weekly':
      return `毎週${weekdays[/[A-Z]\w+day/.exec(description)?.[0] ?? '']} ${time}`;
    case 'market-hours':
      return `立会時間中 ${figure} 分ごと（昼休みを除く）`;
    case 'hourly':
      return `毎時 ${figure} 分`;
    case 'continuous':
      return `終了の ${figure} 秒後に再開`;
  }
}
