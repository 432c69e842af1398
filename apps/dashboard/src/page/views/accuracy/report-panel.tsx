import type { ReportEntry } from '@daytrade/contracts';
import { addresses, urlOf } from '@daytrade/contracts/addresses';
import { signal } from '@preact/signals';
import { needsToken, type PageProblem, RequestProblem, requestText } from '../../api/request.ts';
import { reports } from '../../api/services.ts';
import { language, text } from '../../i18n/language.ts';
import { count, percent } from '../../model/format.ts';
import { japanInstant } from '../../model/japan-time.ts';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { EmptyNote } from '../../parts/empty-note.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { Panel } from '../../parts/panel.tsx';
import { ProblemNote } from '../../parts/problem-note.tsx';

const problem = signal<PageProblem | undefined>(undefined);

/** The daily reports, newest first; each opens as a page of its own. */
export function ReportPanel() {
  return (
    <Panel title={text('reports.title')} area="reports">
      {problem.value === undefined ? null : <ProblemNote problem={problem.value} />}
      <Loaded from={reports} lines={4}>
        {({ reports: listed }) =>
          listed.length === 0 ? (
            <EmptyNote message={text('reports.empty')} commands={['daytrade jobs run report']} />
          ) : (
            <DataTable
              caption={text('reports.title')}
              columns={columns()}
              rows={listed}
              rowKey={({ session, revision }) => `${session} ${revision}`}
            />
          )
        }
      </Loaded>
    </Panel>
  );
}

function columns(): readonly Column<ReportEntry>[] {
  return [
    { key: 'session', header: text('column.session'), cell: (entry) => <ReportLink entry={entry} /> },
    {
      key: 'coverage',
      header: text('accuracy.coverage'),
      align: 'right',
      cell: ({ inside, judged }) => percent(judged === 0 ? null : inside / judged),
    },
    {
      key: 'inside',
      header: text('reports.inside'),
      align: 'right',
      cell: ({ inside, judged }) => `${count(inside)} / ${count(judged)}`,
    },
    {
      key: 'published',
      header: text('reports.published'),
      align: 'right',
      priority: 2,
      cell: ({ published }) => count(published),
    },
    { key: 'made', header: text('reports.made'), priority: 2, cell: ({ madeAt }) => japanInstant(madeAt) },
  ];
}

function ReportLink({ entry }: { readonly entry: ReportEntry }) {
  const { session, revision, superseded } = entry;
  const path = pathOf(entry);
  const note = superseded ? text('reports.superseded', { revision: String(revision) }) : '';
  return (
    <>
      {needsToken() ? (
        <button type="button" class="button small" onClick={() => void save(path, session)}>
          {session}
        </button>
      ) : (
        <a href={`/api${path}`} target="_blank" rel="noopener">
          {session}
        </a>
      )}{' '}
      <small class="quiet">{note}</small>
    </>
  );
}

function pathOf({ session, revision }: ReportEntry): string {
  const query = { revision, language: language.value };
  return `/ml${urlOf(addresses.report, { params: { session }, query })}`;
}

/** A link sends no token: the page fetches the report itself and gives it to the reader as a file. */
async function save(path: string, session: string): Promise<void> {
  try {
    const address = URL.createObjectURL(new Blob([await requestText(path)], { type: 'text/html' }));
    const link = document.createElement('a');
    link.href = address;
    link.download = `day-trade-report-${session}.html`;
    link.click();
    URL.revokeObjectURL(address);
    problem.value = undefined;
  } catch (error) {
    if (!(error instanceof RequestProblem)) throw error;
    problem.value = error.problem;
  }
}
