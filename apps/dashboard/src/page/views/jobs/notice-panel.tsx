import type { NoticeEntry } from '@daytrade/contracts';
import { notices } from '../../api/services.ts';
import { noticeKindLabel, noticeSubjectLabel } from '../../i18n/jobs.ts';
import { text } from '../../i18n/language.ts';
import { japanInstant } from '../../model/japan-time.ts';
import { Badge, type Tone } from '../../parts/badge.tsx';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { EmptyNote } from '../../parts/empty-note.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { OriginalWords } from '../../parts/original-words.tsx';
import { Panel } from '../../parts/panel.tsx';
import { japanToday } from '../../shell/clock.ts';

const tones: Readonly<Record<NoticeEntry['status'], Tone>> = { waiting: 'plain', sent: 'good', failed: 'bad' };

/** The notices that were sent, wait to be, or reached nobody, newest first, one per receiver. */
export function NoticePanel() {
  return (
    <Panel title={text('notices.title')}>
      <Loaded from={notices} lines={3}>
        {({ notices: listed }) =>
          listed.length === 0 ? (
            <EmptyNote message={text('notices.empty')} commands={['daytrade notices test']} />
          ) : (
            <DataTable
              caption={text('notices.title')}
              columns={columns()}
              rows={listed}
              rowKey={({ kind, subject, channel, madeAt }) => `${kind} ${subject} ${channel} ${madeAt}`}
            />
          )
        }
      </Loaded>
    </Panel>
  );
}

function columns(): readonly Column<NoticeEntry>[] {
  return [
    {
      key: 'notice',
      header: text('column.notice'),
      cell: ({ kind, subject, title }) => (
        <div class="two-lines">
          <strong>
            {noticeKindLabel(kind)} · {noticeSubjectLabel(subject)}
          </strong>
          <OriginalWords words={title} />
        </div>
      ),
    },
    { key: 'channel', header: text('column.channel'), cell: ({ channel }) => text(`channel.${channel}`) },
    {
      key: 'status',
      header: text('column.status'),
      cell: (entry) => (
        <div class="two-lines">
          <Badge tone={tones[entry.status]} label={text(`notices.${entry.status}`)} />
          <small>{whenOf(entry)}</small>
          {entry.error === null ? null : <OriginalWords words={entry.error} />}
        </div>
      ),
    },
    {
      key: 'made',
      header: text('reports.made'),
      priority: 2,
      cell: ({ madeAt }) => japanInstant(madeAt, japanToday.value),
    },
  ];
}

/** When it was sent, or will be tried again. */
function whenOf({ status, sentAt, attempts, nextAttemptAt }: NoticeEntry): string {
  if (status === 'sent') return japanInstant(sentAt, japanToday.value);
  if (status === 'failed') return text('notices.attempts', { attempts });
  return text('notices.next', { when: japanInstant(nextAttemptAt, japanToday.value), attempts });
}
