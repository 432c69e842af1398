import { jobLabel } from './job-texts.ts';
import { language } from './language.ts';

/** What notices are about, by their kinds. */
const noticeKinds: Readonly<Record<string, { readonly en: string; readonly ja: string }>> = {
  'run-failed': { en: 'A job failed', ja: 'ジョブの失敗' },
  'bars-old': { en: 'Old bars', ja: '足の遅れ' },
  'no-prediction': { en: 'No prediction', ja: '予測なし' },
  'coverage-outside': { en: 'Coverage out of bounds', ja: '被覆率の逸脱' },
  'key-refused': { en: 'Key refused', ja: 'キーの拒否' },
  'morning-list': { en: 'Morning list', ja: '朝の一覧' },
  test: { en: 'Test', ja: 'テスト' },
};

/** What a notice is about; a kind that the page does not know as it is written. */
export function noticeKindLabel(kind: string): string {
  return noticeKinds[kind]?.[language.value] ?? kind;
}

/** The subject of a notice, as `training/2026-11-27`: a job in the reader's language, everything else as it is. */
export function noticeSubjectLabel(subject: string): string {
  return subject.split('/').map(jobLabel).join(' · ');
}
