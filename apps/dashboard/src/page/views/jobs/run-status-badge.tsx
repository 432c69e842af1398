import type { RunStatus } from '@daytrade/contracts';
import { text } from '../../i18n/language.ts';
import { Badge, type Tone } from '../../parts/badge.tsx';

const tones: Readonly<Record<RunStatus, Tone>> = {
  waiting: 'plain',
  queued: 'plain',
  running: 'live',
  succeeded: 'good',
  failed: 'bad',
  'timed-out': 'bad',
  cancelled: 'warn',
  skipped: 'plain',
};

/** How a run stands. */
export function RunStatusBadge({ status }: { readonly status: RunStatus }) {
  return <Badge tone={tones[status]} label={text(`run.${status}`)} />;
}
