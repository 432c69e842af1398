const light = `
  --paper: #f7f6f2; --surface: #ffffff; --ink: #1b2226; --quiet: #565f64; --rule: #d8d5ca;
  --interval: #3d8b86; --band: #cfe3e0; --target: #8a6d1f; --line: #0f5d61; --outside: #a02a12; --warn: #7a3d00;
  --warn-fill: #fdebc8;`;

const dark = `
  --paper: #101416; --surface: #171d20; --ink: #e4e3dc; --quiet: #a3adb2; --rule: #333c41;
  --interval: #5fb0a8; --band: #24403e; --target: #d3b45f; --line: #7fd6cd; --outside: #ff9a84; --warn: #f3c67a;
  --warn-fill: #33270f;`;

/** Style of all pages: light or dark as the reader's system, white on paper, one column on a phone. */
export const styleSheet = `
:root { color-scheme: light dark; ${light} }
@media (prefers-color-scheme: dark) { :root { ${dark} } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); line-height: 1.5;
  font: 15px/1.5 "Inter", "Helvetica Neue", "Hiragino Sans", "Yu Gothic UI", "Noto Sans JP", "Noto Sans CJK JP", Meiryo,
    system-ui, sans-serif; }
main { max-width: 1080px; margin: 0 auto; padding: 24px 20px 48px; }
h1 { font-size: 1.6em; margin: 0; line-height: 1.25; }
h2 { font-size: 1.15em; margin: 0 0 6px; }
h3 { font-size: 1em; margin: 16px 0 4px; }
p { margin: 4px 0 10px; }
header p { color: var(--quiet); }
section { background: var(--surface); border: 1px solid var(--rule); border-radius: 6px; padding: 16px 18px;
  margin-top: 16px; }
.quiet { color: var(--quiet); font-size: .92em; }
.synthetic { border: 2px solid var(--warn); background: var(--warn-fill); color: var(--warn); padding: 8px 12px;
  border-radius: 6px; margin: 12px 0; }
.verdict { font-size: 1.3em; font-weight: 650; margin: 6px 0 10px; }
.headline { font-size: 1.9em; font-weight: 650; font-variant-numeric: tabular-nums; line-height: 1.2; margin: 0; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { padding: 4px 14px 4px 0; text-align: left; vertical-align: baseline; border-bottom: 1px solid var(--rule); }
thead th { font-weight: 600; color: var(--quiet); font-size: .88em; }
tbody th { font-weight: 600; }
.figure { text-align: right; }
.cards .figure, .figure .quiet { white-space: nowrap; }
.plot { width: 30%; vertical-align: middle; }
.alert { color: var(--outside); font-weight: 650; }
svg { display: block; width: 100%; }
.strip { height: 18px; }
.strip .base { stroke: var(--rule); }
.strip .interval { fill: var(--interval); opacity: .55; }
.strip .close { stroke: var(--ink); stroke-width: 3; vector-effect: non-scaling-stroke; }
.strip .close.outside { stroke: var(--outside); stroke-width: 5; vector-effect: non-scaling-stroke; }
.curve { max-width: 680px; }
.curve text { font-size: 10px; fill: var(--quiet); }
.curve .axis { stroke: var(--rule); }
.curve .band { fill: var(--band); }
.curve .day { fill: var(--interval); }
.curve .day.outside { fill: var(--outside); }
.curve .target { stroke: var(--target); stroke-dasharray: 4 3; }
.curve .twenty { fill: none; stroke: var(--line); stroke-width: 1.8; }
.wide text { font-size: 11px; fill: var(--quiet); }
.wide .axis { stroke: var(--rule); }
.wide polyline { fill: none; stroke-width: 1.6; }
.wide .gross, .legend .gross { stroke: var(--target); }
.wide .net, .legend .net { stroke: var(--line); }
.legend { display: flex; flex-wrap: wrap; gap: 4px 18px; padding: 0; margin: 6px 0 0; list-style: none;
  font-size: .88em; color: var(--quiet); }
.legend svg { display: inline-block; width: 22px; height: 10px; margin-right: 6px; }
.message, .hash { overflow-wrap: anywhere; }
footer { margin-top: 20px; color: var(--quiet); font-size: .92em; }
@media (max-width: 720px) {
  main { padding: 16px 12px 32px; }
  section { padding: 12px; }
  .cards thead { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; }
  .cards tr { display: grid; grid-template-columns: 1fr auto; padding: 8px 0; border-bottom: 1px solid var(--rule); }
  .cards th, .cards td { display: flex; justify-content: space-between; gap: 12px; grid-column: 1 / -1; border: 0;
    padding: 1px 0; text-align: left; }
  .cards td::before { content: attr(data-label); color: var(--quiet); font-size: .88em; font-weight: 400; }
  .cards td.plot { width: 100%; display: block; padding: 4px 0; }
  .cards td.plot::before { content: none; }
  .curve text { font-size: 12px; }
  .plots { overflow-x: auto; }
  .wide { min-width: 640px; }
}
@media print {
  :root { color-scheme: light; ${light} }
  body { background: #fff; font-size: 11px; }
  main { max-width: none; padding: 0; }
  section { border: 0; border-top: 1px solid var(--rule); border-radius: 0; padding: 8px 0; }
  tr, .curve { break-inside: avoid; }
  thead { display: table-header-group; }
  svg { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`;
