import type { JudgedModel, MemberReport, Model } from '@daytrade/contracts';
import { models } from '../api/services.ts';
import { codeLabel } from '../i18n/codes.ts';
import { durationLabel } from '../i18n/jobs.ts';
import { text } from '../i18n/language.ts';
import { basisPoints, count, decimal, percent } from '../model/format.ts';
import { japanInstant } from '../model/japan-time.ts';
import { Loaded, ViewHead } from '../parts/layout.tsx';
import { Badge, DirectionBadge, EmptyNote, SyntheticMark, TwoLines } from '../parts/notes.tsx';
import { type Column, figure, TablePanel, words } from '../parts/table.tsx';
import { japanToday } from '../shell/clock.ts';

/** The registry: every version, and the members of the live one. */
export function ModelsView() {
  return (
    <>
      <ViewHead title={text('view.models')} freshness={models} />
      <Loaded from={models} lines={8}>
        {({ models: all, live }) => {
          const shown = all.find(({ version }) => version === live) ?? all[0];
          if (shown === undefined) return <EmptyNote message={text('models.empty')} commands={['daytrade train']} />;
          return (
            <>
              <TablePanel
                title={text('models.registry')}
                columns={modelColumns}
                rows={all}
                rowKey={({ version }) => version}
                rowClass={({ version }) => (version === shown.version ? 'selected' : '')}
                sort={{ column: 'created', descending: true }}
              />
              <MemberPanel model={shown} />
            </>
          );
        }}
      </Loaded>
    </>
  );
}

const second = { priority: 2 } as const;

const modelColumns: readonly Column<Model>[] = [
  {
    header: 'column.version',
    sortBy: ({ version }) => version,
    cell: (model) => <Version {...model} />,
  },
  {
    header: 'column.created',
    ...second,
    sortBy: ({ createdAt }) => createdAt,
    cell: ({ createdAt, trainingSeconds }) => (
      <TwoLines first={japanInstant(createdAt, japanToday.value)} second={durationLabel(trainingSeconds)} />
    ),
  },
  {
    header: 'column.range',
    priority: 3,
    sortBy: ({ trainedTo }) => trainedTo,
    cell: ({ trainedFrom, trainedTo, symbols, rows }) => (
      <TwoLines
        first={`${trainedFrom} – ${trainedTo}`}
        second={text('models.size', { symbols: count(symbols), rows: count(rows) })}
      />
    ),
  },
  figure('column.coverage', ({ coverage }) => coverage, percent),
  figure('column.meanWidth', ({ meanWidthBp }) => meanWidthBp, basisPoints, second),
  figure('column.winkler', ({ winklerBp }) => winklerBp, basisPoints, second),
  figure('column.hitRate', ({ hitRate }) => hitRate, percent, second),
];

function Version({ version, status, synthetic }: Model) {
  return (
    <>
      {version} <Badge tone={status === 'live' ? 'live' : 'plain'} label={codeLabel(status)} />
      {synthetic ? <SyntheticMark /> : null}
    </>
  );
}

const memberColumns: readonly Column<MemberReport>[] = [
  words('column.member', ({ name }) => name),
  figure('column.weight', ({ weight }) => weight, percent),
  figure('column.hitRate', ({ hitRate }) => hitRate, percent),
  figure('column.ic', ({ ic }) => ic, decimals(4)),
  figure('column.rmse', ({ rmse }) => rmse * 1e4, decimals(1), second),
  figure('column.r2', ({ r2 }) => r2, decimals(4), second),
  figure('column.auc', ({ auc }) => auc, decimals(3), second),
  figure('column.brier', ({ brier }) => brier, decimals(4), second),
];

function decimals(digits: number): (value: number) => string {
  return (value) => decimal(value, digits);
}

/** The members of a model and the ensemble itself, judged out of sample. */
function MemberPanel({ model }: { readonly model: JudgedModel }) {
  const { version, members, soleMember: member, directionSkilled } = model;
  return (
    <TablePanel
      title={text('models.members', { version })}
      aside={
        <>
          <span class="quiet">
            {text('models.members.note')} {text('accuracy.direction.title')}:
          </span>{' '}
          <DirectionBadge skilled={directionSkilled} />
        </>
      }
      above={member === null ? null : <p class="quiet">{text('models.sole', { member })}</p>}
      columns={memberColumns}
      rows={members}
      rowKey={({ name }) => name}
      rowClass={({ weight }) => (weight === null ? 'selected' : '')}
    />
  );
}
