import type { CoverageWindow, DailyReport, ReportedPrediction, ReportLanguage } from '@daytrade/contracts';
import { compareText } from '@daytrade/market';
import { basisPoints, count, japanClock, missing, percent, yen } from './format.ts';
import { type Content, document, figures, type Html, html, paragraph, section, table } from './html.ts';
import { coverageCurve, intervalStrip, legend, reachOf } from './plots.ts';
import { type dailyTexts, dailyTextsIn, type TextOf } from './texts.ts';

type Text = TextOf<typeof dailyTexts>;

export function reportPage(report: DailyReport, language: ReportLanguage): string {
  const text = dailyTextsIn(language);
  return document(language, text('title', { session: report.session }), [
    head(report, text),
    coverage(report, text),
    predictions(report, text),
    withinDay(report, text),
    quality(report, text),
    html`<footer><p>${text('promise')} ${text('noProfit')}</p></footer>`,
  ]);
}

function head(report: DailyReport, text: Text): Html {
  const { session, revision, madeAt, synthetic } = report;
  const made = text('made', { at: japanClock(madeAt), revision });
  return html`<header><h1>${text('title', { session })}</h1><p>${made}</p></header>
${synthetic ? html`<p class="synthetic"><strong>${text('synthetic')}</strong> ${text('syntheticText')}</p>\n` : ''}
${section('session', text('today'), outcome(report, text), paragraph(text('promise'), 'quiet'))}`;
}

function outcome({ predictions: published, coverage: { day } }: DailyReport, text: Text): Content {
  if (published.length === 0) return paragraph(text('nonePublished'));
  const inTime = published.filter(({ late }) => !late).length;
  if (inTime === 0) return paragraph(text('allLate'));
  const result =
    day.judged === 0 ? text('noneJudged') : text('insideOf', { inside: count(day.inside), judged: count(day.judged) });
  const unjudged = inTime - day.judged;
  return [
    html`<p class="headline">${day.coverage === null ? '' : percent(day.coverage)}</p>\n`,
    paragraph(text('published', { result, published: count(inTime) })),
    unjudged === 0 ? '' : paragraph(text('unjudged', { symbols: count(unjudged) })),
  ];
}

function coverage({ coverage: { day, windows, series, live } }: DailyReport, text: Text): Html {
  const columns = [
    { title: text('window') },
    ...figures(text('coverage'), text('counts'), text('band')),
    { title: text('verdict') },
  ];
  const rows = [day, ...windows].map((window) => {
    const { sessions, judgedSessions, judged, inside, coverage: share, band } = window;
    const name = sessions === 1 ? text('theDay') : text('windowOf', { sessions: count(sessions) });
    const isFull = sessions === 1 || judgedSessions >= sessions;
    const place = placeOf(window);
    return [
      html`${name} <span class="quiet">${isFull ? '' : text('notFull', { sessions: count(judgedSessions) })}</span>`,
      percent(share),
      `${count(inside)} / ${count(judged)}`,
      band === null ? missing : `${percent(band.low)} – ${percent(band.high)}`,
      place === undefined ? missing : place === 'within' ? text(place) : { alert: text(place) },
    ];
  });
  const leftOut = { unjudged: count(live.unjudged), missing: count(live.missing), restated: count(live.restated) };
  return section(
    'coverage',
    text('coverage'),
    table(columns, rows),
    paragraph(text('leftOut', leftOut)),
    paragraph(text('coverageNote'), 'quiet'),
    series.length === 0 ? '' : curve(series, text),
  );
}

function placeOf({ coverage: share, band }: CoverageWindow): 'below' | 'within' | 'above' | undefined {
  if (share === null || band === null) return undefined;
  if (share < band.low) return 'below';
  return share > band.high ? 'above' : 'within';
}

function curve(series: DailyReport['coverage']['series'], text: Text): Html {
  const title = text('curve', { sessions: series.length });
  return html`<h3>${title}</h3>${coverageCurve(series, title)}${legend([
    [
      html`<rect class="band" x="6" width="10" y="0" height="10"/><circle class="day" cx="11" cy="5" r="3"/>`,
      text('curveDay'),
    ],
    [html`<polyline class="twenty" points="0,5 22,5"/>`, text('curveTwenty')],
    [html`<line class="target" x1="0" x2="22" y1="5" y2="5"/>`, text('curveTarget')],
  ])}`;
}

/** Returns every published interval with its close: misses first, then those without a close. */
function predictions({ predictions: published }: DailyReport, text: Text): Content {
  if (published.length === 0) return '';
  const reach = reachOf(published);
  const rank = ({ inside }: ReportedPrediction) => (inside === false ? 0 : inside === null ? 1 : 2);
  const sorted = published.toSorted((one, other) => rank(one) - rank(other) || compareText(one.symbol, other.symbol));
  const bases = [...new Set(published.map(({ priceBasis }) => priceBasis))];
  const isMixed = bases.length > 1;
  const columns = [
    { title: text('symbol') },
    ...figures(text('lastClose'), text('interval'), text('close')),
    { title: text('outcome') },
    ...(isMixed ? [{ title: text('basis') }] : []),
    { title: text('plot'), kind: 'plot' as const },
  ];
  const rows = sorted.map((prediction) => {
    const { symbol, name, lastClose, lower, upper, close, inside, priceBasis } = prediction;
    const found = text(outcomeOf(prediction));
    return [
      html`${symbol} <span class="quiet">${name}</span>`,
      yen(lastClose),
      `${yen(lower)} – ${yen(upper)}`,
      yen(close),
      inside === false ? { alert: found } : found,
      ...(isMixed ? [text(priceBasis)] : []),
      intervalStrip(prediction, reach, `${symbol}: ${found}`),
    ];
  });
  const notes = [
    text('basisOfAll', { basis: bases.map((basis) => text(basis)).join(' / ') }),
    ...(bases.some((basis) => basis !== 'traded') ? [text('notQuotable')] : []),
    text('predictionsNote'),
    text('scale', { reach: percent(reach) }),
  ];
  return section('predictions', text('predictions'), paragraph(notes.join(' '), 'quiet'), table(columns, rows));
}

function outcomeOf({ close, lower, inside, late }: ReportedPrediction) {
  if (late) return 'late';
  if (close === null) return 'noClose';
  if (inside === true) return 'inside';
  return close < lower ? 'outsideBelow' : 'outsideAbove';
}

function withinDay({ withinDay: horizons }: DailyReport, text: Text): Content {
  if (horizons.length === 0) return '';
  const columns = [
    { title: text('time') },
    ...figures(text('coverage'), text('counts'), text('width'), text('publishedInDay'), text('lateInDay')),
  ];
  const rows = horizons.map(({ horizon, published, late, judged, inside, coverage: share, meanWidthBp }) => [
    horizon === 'close@open' ? text('open') : horizon.slice('close@'.length),
    percent(share),
    `${count(inside)} / ${count(judged)}`,
    basisPoints(meanWidthBp),
    count(published),
    late > 0 ? { alert: count(late) } : count(late),
  ]);
  return section('within-day', text('withinDay'), paragraph(text('withinDayNote'), 'quiet'), table(columns, rows));
}

/** Stale symbols that are listed by name. */
const mostNamed = 50;

function quality({ quality: found }: DailyReport, text: Text): Html {
  const { barsAge, stale, symbols } = found;
  const age =
    barsAge === null
      ? text('noBars')
      : text('barsAge', { newest: barsAge.newest, behind: count(barsAge.sessionsBehind) });
  const more = stale.length - mostNamed;
  const named = stale
    .slice(0, mostNamed)
    .map(
      ({ symbol, name, lastDate }) =>
        html`<li>${symbol} ${name} <span class="quiet">${text('lastBar')} ${lastDate}</span></li>`,
    );
  const list = [...named, ...(more > 0 ? [html`<li>${text('staleMore', { more: count(more) })}</li>`] : [])];
  return section(
    'quality',
    text('quality'),
    paragraph(`${age} ${text('stale', { stale: count(stale.length), symbols: count(symbols) })}`),
    list.length === 0 ? '' : html`<ul>${list}</ul>`,
  );
}
