import type { Evaluation } from '@daytrade/contracts';
import { text } from '../../i18n/language.ts';
import { signedPercent } from '../../model/format.ts';
import { Panel } from '../../parts/panel.tsx';

const baselines = ['har', 'rollingQuantile', 'randomWalk', 'ewma'] as const;

/** A tenth of the baseline's score fills half of the bar. */
const fullScale = 0.1;

/** How much better the Winkler score is than that of each baseline: a bar to the right is better, to the left worse. */
export function SkillPanel({ skill }: { readonly skill: Evaluation['skill'] }) {
  return (
    <Panel title={text('accuracy.skill.title')}>
      <dl class="skills">
        {baselines.map((baseline) => {
          const value = skill[baseline];
          if (value === undefined) return null;
          const reach = Math.min(1, Math.abs(value) / fullScale) * 50;
          return (
            <div key={baseline}>
              <dt>{text(`accuracy.skill.${baseline}`)}</dt>
              <dd>
                <svg aria-hidden="true" focusable="false">
                  <rect
                    class={value >= 0 ? 'better' : 'worse'}
                    x={value >= 0 ? '50%' : `${50 - reach}%`}
                    width={`${reach}%`}
                    y="20%"
                    height="60%"
                  />
                  <line x1="50%" x2="50%" y1="0" y2="100%" />
                </svg>
                <span>{signedPercent(value)}</span>
              </dd>
            </div>
          );
        })}
      </dl>
    </Panel>
  );
}
