const light = `
  --paper: #f7f6f2; --surface: #ffffff; --ink: #1b2226; --quiet: #565f64; --rule: #d8d5ca; --good: #0f5d61;
  --good-fill: #dfeeeb; --bad: #a02a12; --bad-fill: #fbe4dd; --answered: #3d8b86; --change: #f0ead6; --line: #8a6d1f;`;

const dark = `
  --paper: #101416; --surface: #171d20; --ink: #e4e3dc; --quiet: #a3adb2; --rule: #333c41; --good: #7fd6cd;
  --good-fill: #16322f; --bad: #ff9a84; --bad-fill: #3a1c14; --answered: #5fb0a8; --change: #2a2718; --line: #d3b45f;`;

/** The looks of the report: light or dark as the reader's system is, white on paper, one column on a phone. */
export const styleSheet = `
:root { color-scheme: light dark; ${light} }
@media (prefers-color-scheme: dark) { :root { ${dark} } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 15px/1.5 "Inter", "Helvetica Neue", "Hiragino Sans", "Yu Gothic UI", "Noto Sans JP", "Noto Sans CJK JP", Meiryo,
    system-ui, sans-serif; }
main { max-width: 1080px; margin: 0 auto; padding: 24px 20px 48px; }
h1 { font-size: 1.6em; margin: 0; line-height: 1.25; }
h2 { font-size: 1.15em; margin: 0 0 6px; }
h3 { font-size: 1em; margin: 0 0 2px; }
h3.said { margin-top: 18px; }
p { margin: 4px 0 10px; }
.quiet, header p { color: var(--quiet); }
section { background: var(--surface); border: 1px solid var(--rule); border-radius: 6px; padding: 16px 18px;
  margin-top: 16px; }
header .verdict { color: var(--ink); border-left: 6px solid var(--good); background: var(--good-fill);
  padding: 10px 14px; margin: 14px 0 0; border-radius: 4px; font-weight: 650; }
header .verdict.bad { border-color: var(--bad); background: var(--bad-fill); }
.key { display: grid; grid-template-columns: repeat(auto-fit, minmax(132px, 1fr)); gap: 12px; margin-top: 16px; }
.key div { background: var(--surface); border: 1px solid var(--rule); border-radius: 6px; padding: 10px 14px; }
.key b { display: block; font-size: 1.55em; font-weight: 650; font-variant-numeric: tabular-nums; line-height: 1.25; }
.key span { color: var(--quiet); font-size: .88em; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { padding: 6px 14px 6px 0; text-align: left; vertical-align: baseline; border-bottom: 1px solid var(--rule); }
thead th { font-weight: 600; color: var(--quiet); font-size: .88em; }
tbody th { font-weight: 600; }
.number { text-align: right; white-space: nowrap; }
.held { color: var(--good); font-weight: 650; white-space: nowrap; }
.missed, .failed { color: var(--bad); font-weight: 650; white-space: nowrap; }
.figures { list-style: none; margin: 0; padding: 0; display: flex; flex-wrap: wrap; gap: 2px 18px; }
.figures li { white-space: nowrap; }
.figures b { font-weight: 650; }
.figures .bar { color: var(--quiet); font-size: .86em; }
.loads { display: grid; grid-template-columns: 1fr 1fr; gap: 20px 28px; margin-top: 12px; }
svg { display: block; width: 100%; }
svg text { font-size: 10px; fill: var(--quiet); }
svg .answered, .legend .answered { fill: var(--answered); }
svg .failed, .legend .failed { fill: var(--bad); }
svg .change, .legend .change { fill: var(--change); }
svg .p99, .legend .p99 { fill: none; stroke: var(--line); stroke-width: 1.6; }
svg .axis { stroke: var(--rule); }
.legend { display: flex; flex-wrap: wrap; gap: 4px 18px; padding: 0; margin: 4px 0 0; list-style: none;
  font-size: .88em; color: var(--quiet); }
.legend svg { display: inline-block; width: 22px; height: 10px; margin-right: 6px; }
pre { background: var(--paper); border: 1px solid var(--rule); border-radius: 4px; padding: 10px 12px; overflow-x: auto;
  font: 12.5px/1.45 ui-monospace, "SFMono-Regular", Menlo, Consolas, monospace; white-space: pre-wrap;
  overflow-wrap: anywhere; margin: 6px 0 0; }
td { overflow-wrap: anywhere; }
ul.limits { margin: 0; padding-left: 20px; }
@media (max-width: 720px) {
  main { padding: 16px 12px 32px; }
  .loads { grid-template-columns: 1fr; }
  .steps thead { display: none; }
  .steps tr { display: block; padding: 8px 0; border-bottom: 1px solid var(--rule); }
  .steps th, .steps td { display: block; border: 0; padding: 1px 0; text-align: left; }
}
@media print {
  :root { color-scheme: light; ${light} }
  body { background: #fff; font-size: 11px; }
  main { max-width: none; padding: 0; }
  section { border: 0; border-top: 1px solid var(--rule); border-radius: 0; padding: 8px 0; break-inside: avoid; }
  svg { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`;
