import { signal } from '@preact/signals';
import { type PageProblem, RequestProblem } from '../../api/request.ts';
import { activations, models, predictions, promote, rollBack } from '../../api/services.ts';
import { text } from '../../i18n/language.ts';
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx';
import { EmptyNote } from '../../parts/empty-note.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { ProblemNote } from '../../parts/problem-note.tsx';
import { ViewHead } from '../../shell/view-head.tsx';
import { ActivationLog } from './activation-log.tsx';
import { MemberTable } from './member-table.tsx';
import { ModelTable } from './model-table.tsx';

/** A switch of the live model that waits for its confirmation. */
export interface ModelSwitch {
  readonly kind: 'promote' | 'rollback';
  readonly version: string;
}

const asked = signal<ModelSwitch | undefined>(undefined);
const outcome = signal<{ readonly done?: string; readonly problem?: PageProblem }>({});

/** The registry: every version, its members, and what was live when. */
export function ModelsView() {
  const chosen = signalOfChoice.value;
  return (
    <>
      <ViewHead title={text('view.models.title')} freshness={models} />
      <output class="outcome">{outcome.value.done}</output>
      {outcome.value.problem === undefined ? null : <ProblemNote problem={outcome.value.problem} />}
      <Loaded from={models} lines={8}>
        {(body) => {
          const shown = body.models.find(({ version }) => version === (chosen ?? body.live)) ?? body.models[0];
          if (shown === undefined) return <EmptyNote message={text('models.empty')} commands={['daytrade train']} />;
          return (
            <div class="grid-models">
              <ModelTable
                list={body}
                shown={shown.version}
                onShow={(version) => {
                  signalOfChoice.value = version;
                }}
                onSwitch={(change) => {
                  asked.value = change;
                }}
              />
              <MemberTable model={shown} />
              <ActivationLog />
            </div>
          );
        }}
      </Loaded>
      <Confirmation />
    </>
  );
}

const signalOfChoice = signal<string | undefined>(undefined);

function Confirmation() {
  const change = asked.value;
  if (change === undefined) return null;
  return (
    <ConfirmDialog
      title={text(`models.${change.kind}.confirm`, { version: change.version })}
      explanation={text('models.confirm.text')}
      action={text(`models.${change.kind}`)}
      asked={asked}
      onConfirm={() => void carryOut(change)}
    />
  );
}

async function carryOut({ kind, version }: ModelSwitch): Promise<void> {
  try {
    const { model } = await (kind === 'promote' ? promote(version) : rollBack());
    outcome.value = { done: text('models.done', { version: model.version }) };
  } catch (error) {
    if (!(error instanceof RequestProblem)) throw error;
    outcome.value = { problem: error.problem };
  }
  await Promise.all([models.refresh(), activations.refresh(), predictions.refresh()]);
}
