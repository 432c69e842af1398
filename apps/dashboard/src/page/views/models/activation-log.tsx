import { activations } from '../../api/services.ts';
import { text } from '../../i18n/language.ts';
import { japanInstant } from '../../model/japan-time.ts';
import { EmptyNote } from '../../parts/empty-note.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { Panel } from '../../parts/panel.tsx';

/** What was live when, newest first. */
export function ActivationLog() {
  return (
    <Panel title={text('models.log')} area="log">
      <Loaded from={activations}>
        {({ activations: log }) =>
          log.length === 0 ? (
            <EmptyNote message={text('models.log.empty')} />
          ) : (
            <ol class="log">
              {[...log]
                .sort((a, b) => (a.at < b.at ? 1 : -1))
                .map(({ at, version, previous, action }) => (
                  <li key={`${at} ${version}`}>
                    <time dateTime={at}>{japanInstant(at)}</time>
                    <span>
                      <strong>{version}</strong> <span class="quiet">{text(`action.${action}`)}</span>
                      {previous === null ? null : <small class="quiet"> ← {previous}</small>}
                    </span>
                  </li>
                ))}
            </ol>
          )
        }
      </Loaded>
    </Panel>
  );
}
