import type { Evaluation } from '@daytrade/contracts';
import { measuresDirectionSkill } from '@daytrade/contracts/direction-skill';
import { text } from '../../i18n/language.ts';
import { axisAround, positionOn } from '../../model/axis.ts';
import { decimal, percent } from '../../model/format.ts';
import { DirectionBadge } from '../../parts/badge.tsx';
import { FigureList } from '../../parts/figure-list.tsx';
import { Panel } from '../../parts/panel.tsx';

/** The hit rate with its interval, between a coin flip and always saying up: close to both, and said so. */
export function DirectionPanel({ evaluation }: { readonly evaluation: Evaluation }) {
  const { value, low, high, alwaysUp } = evaluation.hitRate;
  const axis = axisAround([0.48, 0.54, low, high, alwaysUp], 0.01);
  const at = (share: number) => `${positionOn(axis, share)}%`;
  return (
    <Panel
      title={text('accuracy.direction.title')}
      aside={<DirectionBadge skilled={measuresDirectionSkill(evaluation)} />}
    >
      <p class="statement">{text('accuracy.direction.text')}</p>
      <svg
        class="direction"
        role="img"
        aria-label={text('accuracy.direction.interval', { low: percent(low), high: percent(high) })}
      >
        <line class="base" x1="0" x2="100%" y1="16" y2="16" />
        <line class="coin" x1={at(0.5)} x2={at(0.5)} y1="3" y2="29" />
        <line class="always-up" x1={at(alwaysUp)} x2={at(alwaysUp)} y1="3" y2="29" />
        <line class="estimate" x1={at(low)} x2={at(high)} y1="16" y2="16" />
        <circle class="estimate" cx={at(value)} cy="16" r="4.5" />
      </svg>
      <p class="legend">
        <span class="key estimate">{text('accuracy.direction.hitRate')}</span>
        <span class="key always-up">{text('accuracy.direction.alwaysUp')}</span>
        <span class="key coin">{text('accuracy.direction.coin')}</span>
      </p>
      <FigureList
        figures={[
          {
            label: text('accuracy.direction.hitRate'),
            value: (
              <>
                <strong>{percent(value)}</strong>{' '}
                <small>{text('accuracy.direction.interval', { low: percent(low), high: percent(high) })}</small>
              </>
            ),
          },
          { label: text('accuracy.direction.alwaysUp'), value: percent(alwaysUp) },
          {
            label: text('accuracy.direction.others'),
            value: [evaluation.ic, evaluation.icir, evaluation.auc, evaluation.brier]
              .map((figure) => decimal(figure, 3))
              .join(' · '),
          },
        ]}
      />
    </Panel>
  );
}
