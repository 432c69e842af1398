import type { Answer } from '../../api/ask.ts';
import { text } from '../../i18n/language.ts';
import { qualityReasonLabel } from '../../i18n/quality.ts';
import { count } from '../../model/format.ts';

interface ReasonListProps {
  readonly counts: Answer<'quarantine'>['counts'];
  readonly chosen: string;
  readonly onChoose: (reason: string) => void;
}

/** How many rows each reason kept out; a reason narrows the rows beside it. */
export function ReasonList({ counts, chosen, onChoose }: ReasonListProps) {
  const most = Math.max(...counts.map(({ rows }) => rows));
  return (
    <ul class="reasons">
      {[...counts]
        .sort((a, b) => b.rows - a.rows)
        .map(({ reason, severity, rows }) => (
          <li key={`${reason} ${severity}`}>
            <button
              type="button"
              aria-pressed={chosen === reason}
              title={text('quality.filter', { reason: qualityReasonLabel(reason) })}
              onClick={() => onChoose(reason)}
            >
              <span>{qualityReasonLabel(reason)}</span>
              <span class={`severity ${severity}`}>{text(`quality.${severity}`)}</span>
              <strong>{count(rows)}</strong>
              <svg aria-hidden="true" focusable="false">
                <rect class={severity} width={`${Math.max(0.5, (rows / most) * 100)}%`} height="100%" />
              </svg>
            </button>
          </li>
        ))}
    </ul>
  );
}
