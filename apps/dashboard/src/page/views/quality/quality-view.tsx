import { signal } from '@preact/signals';
import { quarantine, symbols } from '../../api/services.ts';
import { text } from '../../i18n/language.ts';
import { count } from '../../model/format.ts';
import { symbolsInUse } from '../../model/symbols-in-use.ts';
import { CommandHint } from '../../parts/command-hint.tsx';
import { EmptyNote } from '../../parts/empty-note.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { Panel } from '../../parts/panel.tsx';
import { ViewHead } from '../../shell/view-head.tsx';
import { EntryTable } from './entry-table.tsx';
import { ReasonList } from './reason-list.tsx';
import { StoredTable } from './stored-table.tsx';

const chosenReason = signal('');

/** What is stored, and what the quality gate kept out and why. */
export function QualityView() {
  const reason = chosenReason.value;
  return (
    <>
      <ViewHead title={text('view.quality.title')} freshness={symbols} />
      <div class="grid-quality">
        <Panel title={text('quality.reasons')} area="reasons">
          <p class="quiet">{text('quality.note')}</p>
          <Loaded from={quarantine('')} lines={5}>
            {(body) =>
              body.counts.length === 0 ? (
                <EmptyNote message={text('quality.clean')} />
              ) : (
                <ReasonList
                  counts={body.counts}
                  chosen={reason}
                  onChoose={(choice) => {
                    chosenReason.value = choice === reason ? '' : choice;
                  }}
                />
              )
            }
          </Loaded>
        </Panel>
        <Panel title={text('quality.entries')} area="entries" aside={<ShownOfAll reason={reason} />}>
          <Loaded key={reason} from={quarantine(reason)} lines={6}>
            {(body) =>
              body.quarantine.length === 0 ? (
                <EmptyNote message={text('quality.clean')} />
              ) : (
                <EntryTable entries={body.quarantine} />
              )
            }
          </Loaded>
        </Panel>
        <Panel title={text('quality.symbols')} area="stored">
          <Loaded from={symbols} lines={8}>
            {(list) => {
              const inUse = symbolsInUse(list);
              return inUse.length === 0 ? (
                <EmptyNote message={text('quality.empty')} commands={['daytrade import FOLDER', 'daytrade fetch']} />
              ) : (
                <>
                  <StoredTable symbols={inUse} />
                  <DisplacedNote displaced={list.symbols.length - inUse.length} />
                </>
              );
            }}
          </Loaded>
        </Panel>
      </div>
    </>
  );
}

/** Names the synthetic symbols that are not listed any more, and how to be rid of them. */
function DisplacedNote({ displaced }: { readonly displaced: number }) {
  if (displaced === 0) return null;
  return (
    <p class="note">
      {text('quality.displaced', { symbols: count(displaced) })}{' '}
      <CommandHint commands={['daytrade symbols remove --synthetic']} />
    </p>
  );
}

function ShownOfAll({ reason }: { readonly reason: string }) {
  const body = quarantine(reason).body.value;
  if (body === undefined) return null;
  const { total, quarantine: entries } = body;
  return (
    <span class="quiet">
      {entries.length < total
        ? text('quality.first', { shown: count(entries.length), total: count(total) })
        : text('quality.total', { rows: count(total) })}
    </span>
  );
}
