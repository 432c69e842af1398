import type { Model } from '@daytrade/contracts';
import type { Answer } from '../../api/ask.ts';
import { activations } from '../../api/services.ts';
import { durationLabel } from '../../i18n/jobs.ts';
import { text } from '../../i18n/language.ts';
import { basisPoints, bytes, count, percent } from '../../model/format.ts';
import { japanInstant } from '../../model/japan-time.ts';
import { Badge } from '../../parts/badge.tsx';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { Panel } from '../../parts/panel.tsx';
import { SyntheticMark } from '../../parts/synthetic-mark.tsx';
import { japanToday } from '../../shell/clock.ts';
import type { ModelSwitch } from './models-view.tsx';

interface ModelTableProps {
  readonly list: Answer<'models'>;
  /** The version whose members are shown. */
  readonly shown: string;
  readonly onShow: (version: string) => void;
  readonly onSwitch: (change: ModelSwitch) => void;
}

/** Every version of the registry, the live one marked. */
export function ModelTable({ list, shown, onShow, onSwitch }: ModelTableProps) {
  const previous = previousOf(list.live);
  return (
    <Panel
      title={text('models.registry')}
      area="registry"
      aside={
        <button
          type="button"
          class="button small"
          disabled={previous === undefined}
          onClick={() => previous !== undefined && onSwitch({ kind: 'rollback', version: previous })}
        >
          {text('models.rollback')}
        </button>
      }
    >
      <DataTable
        caption={text('models.registry')}
        columns={[versionColumn(onShow), ...originColumns(), ...figureColumns(), actionColumn(onSwitch)]}
        rows={list.models}
        rowKey={({ version }) => version}
        rowClass={({ version }) => (version === shown ? 'selected' : '')}
        sort={{ column: 'created', descending: true }}
      />
    </Panel>
  );
}

/** What was live before the live version, by the log. */
function previousOf(live: string | null): string | undefined {
  const log = activations.body.value?.activations ?? [];
  const newest = [...log].sort((a, b) => (a.at < b.at ? 1 : -1)).find(({ version }) => version === live);
  return newest?.previous ?? undefined;
}

function versionColumn(onShow: (version: string) => void): Column<Model> {
  return {
    key: 'version',
    header: text('column.version'),
    sortBy: ({ version }) => version,
    cell: ({ version, status, synthetic }) => (
      <>
        <button
          type="button"
          class="link"
          aria-label={text('models.show', { version })}
          onClick={() => onShow(version)}
        >
          {version}
        </button>{' '}
        {status === 'live' ? <Badge tone="live" label={text('models.live')} /> : null}
        {status === 'live' ? null : <span class="quiet">{text(`models.${status}`)}</span>}
        {synthetic ? <SyntheticMark /> : null}
      </>
    ),
  };
}

function originColumns(): readonly Column<Model>[] {
  return [
    {
      key: 'created',
      header: text('column.created'),
      priority: 2,
      sortBy: ({ createdAt }) => createdAt,
      cell: ({ createdAt, trainingSeconds }) => (
        <span class="two-lines">
          {japanInstant(createdAt, japanToday.value)}
          <small>{durationLabel(trainingSeconds)}</small>
        </span>
      ),
    },
    {
      key: 'range',
      header: text('column.range'),
      priority: 3,
      sortBy: ({ trainedTo }) => trainedTo,
      cell: ({ trainedFrom, trainedTo, symbols, rows }) => (
        <span class="two-lines">
          {trainedFrom} – {trainedTo}
          <small>{text('models.size', { symbols: count(symbols), rows: count(rows) })}</small>
        </span>
      ),
    },
    {
      key: 'size',
      header: text('column.size'),
      align: 'right',
      priority: 3,
      sortBy: ({ artifactBytes }) => artifactBytes,
      cell: ({ artifactBytes, dataHash }) => <span title={`data ${dataHash}`}>{bytes(artifactBytes)}</span>,
    },
    { key: 'seed', header: text('column.seed'), align: 'right', priority: 3, cell: ({ seed }) => seed },
  ];
}

function figureColumns(): readonly Column<Model>[] {
  return [
    {
      key: 'coverage',
      header: text('column.coverage'),
      align: 'right',
      sortBy: ({ coverage }) => coverage,
      cell: ({ coverage }) => percent(coverage),
    },
    {
      key: 'width',
      header: text('column.meanWidth'),
      align: 'right',
      priority: 2,
      sortBy: ({ meanWidthBp }) => meanWidthBp,
      cell: ({ meanWidthBp }) => basisPoints(meanWidthBp),
    },
    {
      key: 'winkler',
      header: text('column.winkler'),
      align: 'right',
      priority: 2,
      sortBy: ({ winklerBp }) => winklerBp,
      cell: ({ winklerBp }) => basisPoints(winklerBp),
    },
    {
      key: 'hitRate',
      header: text('column.hitRate'),
      align: 'right',
      priority: 2,
      sortBy: ({ hitRate }) => hitRate,
      cell: ({ hitRate }) => percent(hitRate),
    },
  ];
}

function actionColumn(onSwitch: (change: ModelSwitch) => void): Column<Model> {
  return {
    key: 'action',
    header: text('column.action'),
    align: 'right',
    cell: ({ version, status }) =>
      status === 'live' ? null : (
        <button type="button" class="button small" onClick={() => onSwitch({ kind: 'promote', version })}>
          {text('models.promote')}
        </button>
      ),
  };
}
