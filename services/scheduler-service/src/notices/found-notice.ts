import type { Notice, NoticeKind, ReportLanguage } from '@daytrade/contracts';
import type { NoticeWords } from '@daytrade/notices';
import type { SchedulerServiceDependencies } from '../dependencies.ts';

/** What a finder is given to look at. */
export interface NoticeQuestion extends Pick<SchedulerServiceDependencies, 'stores' | 'settings'> {
  readonly words: NoticeWords;
  readonly language: ReportLanguage;
  /** Milliseconds since 1970 UTC. */
  readonly now: number;
}

/** A notice that is due, before the moment in which it is put down. */
export type FoundNotice = Omit<Notice, 'kind' | 'madeAt'> & { readonly kind: NoticeKind };

/** Looks for what readers are to know now. It finds the same as long as it holds: the table lets each in once. */
export type NoticeFinder = (question: NoticeQuestion) => Promise<readonly FoundNotice[]>;
