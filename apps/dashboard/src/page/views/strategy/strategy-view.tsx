import { signal } from '@preact/signals';
import { type PageProblem, RequestProblem } from '../../api/request.ts';
import { haltPaper, paperBook, paperOrders, releasePaper } from '../../api/services.ts';
import { text } from '../../i18n/language.ts';
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx';
import { EmptyNote } from '../../parts/empty-note.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { ProblemNote } from '../../parts/problem-note.tsx';
import { ViewHead } from '../../shell/view-head.tsx';
import { Book } from './book.tsx';

type BookSwitch = 'halt' | 'release';

const startCommand = 'daytrade paper start --strategy gap-fade';

/** A switch that waits for its confirmation. */
const asked = signal<BookSwitch | undefined>(undefined);
const outcome = signal<{
  readonly done?: { readonly kind: BookSwitch; readonly cancelled: number };
  readonly problem?: PageProblem;
}>({});

/** The book of paper that a strategy trades: what it is worth after costs, what is open, and the halt. */
export function StrategyView() {
  const { done, problem } = outcome.value;
  return (
    <>
      <ViewHead title={text('view.strategy.title')} note={text('paper.only')} freshness={paperBook} />
      <output class="outcome">
        {done === undefined
          ? null
          : done.kind === 'halt'
            ? text('paper.halt.done', { orders: done.cancelled })
            : text('paper.release.done')}
      </output>
      {problem === undefined ? null : <ProblemNote problem={problem} />}
      <Loaded from={paperBook} lines={10}>
        {(book) =>
          book.settings === null ? (
            <EmptyNote message={text('paper.empty')} commands={[startCommand]} />
          ) : (
            <>
              <Book
                book={book}
                settings={book.settings}
                onAsk={(kind) => {
                  asked.value = kind;
                }}
              />
              {book.running ? null : <EmptyNote message={text('paper.again')} commands={[startCommand]} />}
            </>
          )
        }
      </Loaded>
      <Confirmation />
    </>
  );
}

function Confirmation() {
  const kind = asked.value;
  if (kind === undefined) return null;
  return (
    <ConfirmDialog
      title={text(`paper.${kind}.confirm`)}
      explanation={
        kind === 'halt'
          ? text('paper.halt.text', { orders: paperBook.body.value?.openOrders ?? 0 })
          : text('paper.release.text')
      }
      action={text(`paper.${kind}`)}
      asked={asked}
      onConfirm={() => void carryOut(kind)}
    />
  );
}

async function carryOut(kind: BookSwitch): Promise<void> {
  try {
    const { cancelled } = await (kind === 'halt' ? haltPaper() : releasePaper());
    outcome.value = { done: { kind, cancelled } };
  } catch (error) {
    if (!(error instanceof RequestProblem)) throw error;
    outcome.value = { problem: error.problem };
  }
  await Promise.all([paperBook.refresh(), paperOrders.refresh()]);
}
