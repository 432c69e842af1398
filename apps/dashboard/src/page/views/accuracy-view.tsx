import type { AccuracyPoint, Evaluation } from '@daytrade/contracts';
import { measuresDirectionSkill } from '@daytrade/contracts/direction-skill';
import { accuracy } from '../api/services.ts';
import { ChartCredit } from '../charts/chart.tsx';
import { CurvePanel } from '../charts/curve-panel.tsx';
import { type PlainTextKey, text } from '../i18n/language.ts';
import { type CostFigure, coverageObjective, rollingMean } from '../model/curves.ts';
import { basisPoints, count, percent, signedPercent } from '../model/format.ts';
import { CoverageGauge } from '../parts/graphics.tsx';
import { FigureList, Loaded, Panel, Strip, ViewHead } from '../parts/layout.tsx';
import { DirectionBadge, EmptyNote } from '../parts/notes.tsx';
import { ObjectiveTable, ReliabilityPanel, ReportPanel, SymbolTable } from './accuracy-tables.tsx';

/** The accuracy of the intervals: coverage against the promise, their width, and the figures of the direction. */
export function AccuracyView() {
  const evaluation = accuracy.body.value?.evaluation ?? null;
  return (
    <>
      <ViewHead
        title={text('view.accuracy.title')}
        note={evaluation === null ? undefined : judgedLabel(evaluation)}
        freshness={accuracy}
      />
      <Loaded from={accuracy} lines={14}>
        {({ evaluation: judged }) =>
          judged === null ? (
            <EmptyNote message={text('accuracy.empty')} commands={['daytrade evaluate']} />
          ) : (
            <Judgement evaluation={judged} />
          )
        }
      </Loaded>
      <Loaded from={accuracy}>{(body) => <ReliabilityPanel accuracy={body} />}</Loaded>
      <ReportPanel />
    </>
  );
}

interface Judged {
  readonly evaluation: Evaluation;
}

function judgedLabel({ from, to, symbolDays, symbols }: Evaluation): string {
  return text('accuracy.judged', { from, to, symbolDays: count(symbolDays), symbols: count(symbols) });
}

function Judgement({ evaluation }: Judged) {
  return (
    <>
      {evaluation.leakAlarm ? (
        <p class="alarm" role="alert">
          {text('accuracy.leak')}
        </p>
      ) : null}
      <AccuracyFigures evaluation={evaluation} />
      <div class="grid-accuracy">
        <CoverageChart evaluation={evaluation} />
        <ObjectiveTable evaluation={evaluation} />
        <CostChart series={evaluation.series} />
        <DirectionPanel evaluation={evaluation} />
        <SymbolTable evaluation={evaluation} />
      </div>
      <ChartCredit />
    </>
  );
}

function AccuracyFigures({ evaluation }: Judged) {
  const { coverage, coverageInterval, rollingCoverage250, rollingCoverage60, skill } = evaluation;
  const interval = { low: percent(coverageInterval.low), high: percent(coverageInterval.high) };
  return (
    <Strip
      figures={[
        {
          label: text('column.coverage'),
          value: percent(coverage),
          note: text('accuracy.coverage.interval', interval),
          graphic: <CoverageGauge value={coverage} {...coverageObjective(evaluation)} />,
        },
        ...[rollingCoverage250, rollingCoverage60].map(({ window, last, min, max }) => ({
          label: text('accuracy.rolling', { sessions: window }),
          value: percent(last),
          note:
            last === null
              ? text('accuracy.unknown')
              : text('accuracy.rolling.range', { low: percent(min), high: percent(max) }),
        })),
        { label: text('card.width'), value: basisPoints(evaluation.meanWidthBp), unit: 'bp' },
        { label: text('card.winkler'), value: basisPoints(evaluation.winklerBp), unit: 'bp' },
        { label: text('card.skill'), value: signedPercent(skill.har), note: text('accuracy.skill.har') },
      ]}
    />
  );
}

/** Coverage in three windows against the promise and its objective. */
function CoverageChart({ evaluation }: Judged) {
  const { target, low, high } = coverageObjective(evaluation);
  const curve = (sessions: 20 | 60 | 250) => ({
    name: text('accuracy.window', { sessions }),
    points: evaluation.series.map((point) => ({ session: point.session, value: point[`coverage${sessions}`] })),
  });
  return (
    <CurvePanel
      title={text('accuracy.coverage.chart')}
      note={text('accuracy.coverage.note', { low: percent(low), high: percent(high), target: percent(target, 0) })}
      curves={[
        { ...curve(250), colour: 'line1', stroke: 'thick' },
        { ...curve(60), colour: 'line2', stroke: 'thin' },
        { ...curve(20), colour: 'line3', stroke: 'dashed' },
      ]}
      band={{ low, high, line: target }}
      format={(value) => percent(value)}
    />
  );
}

/** Sessions of a mean. Single sessions jump too much to be read. */
const meanWindow = 60;

/** Width and Winkler score over time, beside the score of the simplest baseline. */
function CostChart({ series }: { readonly series: readonly AccuracyPoint[] }) {
  const curve = (name: PlainTextKey, figure: CostFigure) => ({
    name: text(name),
    points: rollingMean(series, figure, meanWindow),
  });
  return (
    <CurvePanel
      title={text('accuracy.cost.chart')}
      note={text('accuracy.cost.note')}
      curves={[
        { ...curve('accuracy.winkler', 'winklerBp'), colour: 'line1', stroke: 'thick' },
        { ...curve('accuracy.winkler.baseline', 'winklerRollingQuantileBp'), colour: 'line2', stroke: 'dashed' },
        { ...curve('accuracy.width', 'meanWidthBp'), colour: 'line3', stroke: 'thin' },
      ]}
      format={(value) => basisPoints(value)}
    />
  );
}

/** The hit rate with its interval, between a coin flip and always saying up. */
function DirectionPanel({ evaluation }: Judged) {
  const { value, low, high, alwaysUp } = evaluation.hitRate;
  const interval = text('accuracy.direction.interval', { low: percent(low), high: percent(high) });
  return (
    <Panel
      title={text('accuracy.direction.title')}
      aside={<DirectionBadge skilled={measuresDirectionSkill(evaluation)} />}
    >
      <p class="statement">{text('accuracy.direction.text')}</p>
      <FigureList
        figures={[
          {
            label: text('accuracy.direction.hitRate'),
            value: (
              <>
                <strong>{percent(value)}</strong> <small>{interval}</small>
              </>
            ),
          },
          { label: text('accuracy.direction.alwaysUp'), value: percent(alwaysUp) },
        ]}
      />
    </Panel>
  );
}
