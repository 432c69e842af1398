import { accuracy } from '../../api/services.ts';
import { ChartCredit } from '../../charts/chart-credit.tsx';
import { text } from '../../i18n/language.ts';
import { count } from '../../model/format.ts';
import { EmptyNote } from '../../parts/empty-note.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { ViewHead } from '../../shell/view-head.tsx';
import { AccuracyFigures } from './accuracy-figures.tsx';
import { BucketTable } from './bucket-table.tsx';
import { CoefficientTable } from './coefficient-table.tsx';
import { CostChart } from './cost-chart.tsx';
import { CoverageChart } from './coverage-chart.tsx';
import { DirectionPanel } from './direction-panel.tsx';
import { HorizonTable } from './horizon-table.tsx';
import { MethodTable } from './method-table.tsx';
import { ObjectiveTable } from './objective-table.tsx';
import { ReportPanel } from './report-panel.tsx';
import { SkillPanel } from './skill-panel.tsx';
import { SymbolTable } from './symbol-table.tsx';

/**
 * How good the intervals are: coverage against the promise, what it costs in width, and the honest direction figures.
 */
export function AccuracyView() {
  const evaluation = accuracy.body.value?.evaluation ?? null;
  return (
    <>
      <ViewHead
        title={text('view.accuracy.title')}
        note={
          evaluation === null
            ? undefined
            : text('accuracy.judged', {
                from: evaluation.from,
                to: evaluation.to,
                symbolDays: count(evaluation.symbolDays),
                symbols: count(evaluation.symbols),
              })
        }
        freshness={accuracy}
      />
      <Loaded from={accuracy} lines={14}>
        {({ evaluation: judged }) =>
          judged === null ? (
            <EmptyNote message={text('accuracy.empty')} commands={['daytrade evaluate']} />
          ) : (
            <>
              {judged.leakAlarm ? (
                <p class="alarm" role="alert">
                  {text('accuracy.leak')}
                </p>
              ) : null}
              <AccuracyFigures evaluation={judged} />
              <div class="grid-accuracy">
                <CoverageChart evaluation={judged} />
                <ObjectiveTable evaluation={judged} />
                <CostChart series={judged.series} />
                <div class="area-side">
                  <SkillPanel skill={judged.skill} />
                  <DirectionPanel evaluation={judged} />
                </div>
                <div class="area-methods">
                  <MethodTable evaluation={judged} />
                  <CoefficientTable evaluation={judged} />
                </div>
                <BucketTable buckets={judged.buckets} />
                <SymbolTable evaluation={judged} />
              </div>
              <ChartCredit />
            </>
          )
        }
      </Loaded>
      <Loaded from={accuracy}>{({ liveByHorizon }) => <HorizonTable liveByHorizon={liveByHorizon} />}</Loaded>
      <ReportPanel />
    </>
  );
}
