import type { BacktestResult, BacktestSide, ReportLanguage } from '@daytrade/contracts';
import { basisPoints, count, missing, percent, ratio, wholeYen } from './format.ts';
import { type Content, document, figures, type Html, html, paragraph, section, table } from './html.ts';
import { drawdownPlot, equityPlot, legend } from './plots.ts';
import { type TextOf, tearSheetTexts, tearSheetTextsIn } from './texts.ts';

type Text = TextOf<typeof tearSheetTexts>;

/** Returns a backtest as an HTML document; its first line is the result after costs. */
export function tearSheet(found: BacktestResult, language: ReportLanguage): string {
  const text = tearSheetTextsIn(language);
  const { strategy, curve, cash, reproducedBy } = found;
  return document(language, text('title', { strategy }), [
    head(found, text),
    html`<div class="plots">${section(
      'equity',
      text('equity'),
      equityPlot(curve, cash, text('equityLabel')),
      legend([
        [html`<line class="gross" x1="0" x2="22" y1="5" y2="5" stroke-width="2"/>`, text('before')],
        [html`<line class="net" x1="0" x2="22" y1="5" y2="5" stroke-width="2"/>`, text('after')],
      ]),
      html`<h3>${text('drawdown')}</h3>`,
      drawdownPlot(curve, cash, text('drawdown')),
    )}</div>`,
    html`<div class="pair">${result(found, text)}${luck(found, text)}</div>\n`,
    html`<div class="pair">${costs(found, text)}${trading(found, text)}</div>\n`,
    baselines(found, text),
    parameters(found, text),
    html`<footer><p>${text('noProfit')}</p><p class="hash">${text('reproducedBy', { hash: reproducedBy })}</p></footer>`,
  ]);
}

function head(found: BacktestResult, text: Text): Html {
  const { verdict, net, bestFirst, from, to, sessions, symbols, account, synthetic, traded, shorts, strategy } = found;
  const profit = text('yen', { amount: wholeYen(net.profit) });
  const best = text('yen', { amount: wholeYen((bestFirst ?? net).profit) });
  const span = text('span', { from, to, sessions: count(sessions), symbols: count(symbols) });
  const borrowed = shorts > 0 ? [text('shorts', { shorts: count(shorts) })] : [];
  const notes = [...(traded ? [] : [text('adjusted')]), ...borrowed, ...universeNotes(found, text)];
  return html`<header><p class="verdict">${text(verdict, { net: profit, best })}</p>
<h1>${text('title', { strategy })}</h1>
<p>${span} · ${text(account)}</p>
${synthetic ? html`<p class="synthetic"><strong>${text('synthetic')}</strong> ${text('syntheticText')}</p>\n` : ''}
${notes.map((note) => paragraph(note, 'quiet'))}</header>`;
}

/** Returns notes on the choice of symbols, which may flatter the result. */
function universeNotes({ universe, synthetic, symbols }: BacktestResult, text: Text): readonly string[] {
  if (universe === undefined) return synthetic || symbols === 1 ? [] : [text('everySymbol')];
  const { universe: name, knownFrom, withoutBars, someWithoutBars } = universe;
  const which = text('ofItsTime', { universe: name, from: knownFrom ?? missing });
  if (withoutBars === 0) return [which];
  const more = withoutBars > someWithoutBars.length ? ' …' : '';
  return [which, text('withoutBars', { members: `${count(withoutBars)} (${someWithoutBars.join(', ')}${more})` })];
}

function result({ gross, net }: BacktestResult, text: Text): Html {
  const row = (title: string, of: (side: BacktestSide) => Content) => [title, of(gross), of(net)];
  const columns = [{ title: '' }, ...figures(text('before'), text('after'))];
  const rows = [
    row(text('profit'), ({ profit }) => wholeYen(profit)),
    row(text('returned'), (side) => percent(side.return)),
    row(
      text('sharpe'),
      ({ sharpe }) =>
        html`${ratio(sharpe.value)} <span class="quiet">(${ratio(sharpe.low)} – ${ratio(sharpe.high)})</span>`,
    ),
    row(text('deepest'), ({ maxDrawdown }) => percent(maxDrawdown)),
  ];
  return section('result', text('result'), table(columns, rows, 'rows'));
}

/** Returns a section with one figure per row. */
function figureSection(
  id: string,
  title: string,
  rows: readonly (readonly [name: string, figure: Content])[],
  below: Content = '',
): Html {
  const columns = [{ title: '' }, ...figures('')];
  return section(id, title, table(columns, rows, 'rows'), below);
}

function luck({ deflatedSharpe, trials, overfitting }: BacktestResult, text: Text): Html {
  return figureSection('luck', text('luck'), [
    [text('deflated', { trials: count(trials) }), percent(deflatedSharpe)],
    [text('overfitting'), percent(overfitting)],
  ]);
}

function costs({ costs: paid, paidBp, breakEvenBp }: BacktestResult, text: Text): Html {
  const kinds = ['commission', 'spread', 'impact', 'interest', 'lendingFee', 'penalty', 'total'] as const;
  return figureSection('costs', text('costs'), [
    ...kinds.map((kind) => [text(kind), wholeYen(paid[kind])] as const),
    [text('paid'), basisPoints(paidBp, 1)],
    [text('breakEven'), basisPoints(breakEvenBp, 1)],
  ]);
}

function trading(found: BacktestResult, text: Text): Html {
  const { trades, wins, dividends, tax, exposure, turnover, capacity, ambiguous, refused, halted } = found;
  const refusals = Object.entries(refused).map(
    ([reason, orders]) => `${named('refused', reason, text)} ${count(orders)}`,
  );
  const bars = [
    `${text('byDay')} ${percent(ambiguous.daily)}`,
    ...(ambiguous.fiveMinutes === null ? [] : [`${text('byFiveMinutes')} ${percent(ambiguous.fiveMinutes)}`]),
  ];
  return figureSection(
    'trading',
    text('trading'),
    [
      [text('trades'), count(trades)],
      [text('wins'), percent(wins)],
      [text('dividends'), wholeYen(dividends)],
      [text('tax'), wholeYen(tax)],
      [text('exposure'), percent(exposure)],
      [text('turnover'), wholeYen(turnover)],
      [text('capacity'), wholeYen(capacity)],
      [text('ambiguous'), bars.join(', ')],
      [text('refused'), refusals.length === 0 ? missing : refusals.join(', ')],
    ],
    halted === null ? '' : paragraph(text('halted', halted)),
  );
}

/** Returns the text of a name that the result has, or the name itself. */
function named(kind: 'refused' | 'baseline', name: string, text: Text): string {
  const key = `${kind} ${name}`;
  return key in tearSheetTexts ? text(key as 'refused lot') : name;
}

function baselines({ strategy, net, gross, baselines: others }: BacktestResult, text: Text): Html {
  const columns = [
    { title: text('name') },
    ...figures(`${text('sharpe')}, ${text('before')}`, text('after'), text('returned')),
  ];
  const rows = [
    { name: strategy, grossSharpe: gross.sharpe.value, netSharpe: net.sharpe.value, return: net.return },
    ...others.map((one) => ({ ...one, name: named('baseline', one.name, text) })),
  ].map((one) => [one.name, ratio(one.grossSharpe), ratio(one.netSharpe), percent(one.return)]);
  return section('baselines', text('baselines'), table(columns, rows, 'rows'));
}

function parameters({ parameters: used, chosen }: BacktestResult, text: Text): Html {
  const names = Object.keys(used[0]?.values ?? {});
  const columns = [{ title: text('fromWhen') }, ...figures(...names)];
  const rows = used.map(({ from, values }) => [from, ...names.map((name) => values[name] ?? missing)]);
  const note = paragraph(text(chosen ? 'chosen' : 'fixed'));
  return section('parameters', text('parameters'), note, table(columns, rows, 'rows'));
}
