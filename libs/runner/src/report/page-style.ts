/** The page's style sheet. System fonts only: the page asks the network for nothing. */
export const pageStyle = `
:root { color-scheme: light dark; --paper: #fff; --wash: #f5f4f0; --ink: #1b1f27; --soft: #4a5160; --faint: #6d7482; --rule: #e3e1da;
  --accent: #9a6a10; --muted: #98a1b0; --gain: #1f7a57; --loss: #b3323e; --note: #fbf5e6; }
@media (prefers-color-scheme: dark) { :root { --paper: #12151b; --wash: #1a1f28; --ink: #e4e8ef; --soft: #b4bcc9; --faint: #8590a1; --rule: #2a313d;
  --accent: #e3b454; --muted: #76839a; --gain: #4cbd93; --loss: #e8727b; --note: #221e14; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif;
  font-variant-numeric: tabular-nums; -webkit-print-color-adjust: exact; print-color-adjust: exact; }
main { max-width: 1060px; margin: 0 auto; padding: 44px 28px 64px; }
header { display: flex; justify-content: space-between; align-items: flex-end; gap: 24px; flex-wrap: wrap; border-bottom: 2px solid var(--ink); padding-bottom: 18px; }
h1 { font: 500 36px/1.15 Georgia, 'Iowan Old Style', 'Times New Roman', serif; margin: 4px 0 0; overflow-wrap: anywhere; }
h2 { font: 500 21px/1.3 Georgia, 'Iowan Old Style', 'Times New Roman', serif; margin: 44px 0 12px; }
.eyebrow { text-transform: uppercase; letter-spacing: .12em; font-size: 11px; font-weight: 600; color: var(--accent); }
.about { text-align: right; color: var(--soft); font-size: 13.5px; line-height: 1.55; }
.about b { color: var(--ink); font-weight: 600; }
.headline { display: grid; grid-template-columns: repeat(auto-fit, minmax(128px, 1fr)); gap: 0 12px; border-bottom: 1px solid var(--rule); }
.headline div { padding: 20px 0 18px; }
.headline b { display: block; font: 500 27px/1.2 Georgia, 'Iowan Old Style', serif; white-space: nowrap; }
.headline span { font-size: 12.5px; color: var(--faint); }
.negative { color: var(--loss); } .positive { color: var(--gain); }
.warnings { background: var(--note); border-left: 3px solid var(--accent); padding: 14px 20px; margin: 26px 0 0; font-size: 14px; }
.warnings strong { font-weight: 600; } .warnings ul { margin: 4px 0 0; padding-left: 18px; }
.failure { border-left-color: var(--loss); } .failure pre { margin: 8px 0 0; white-space: pre-wrap; overflow-wrap: anywhere; }
h3 { font-weight: 600; font-size: 12px; letter-spacing: .08em; text-transform: uppercase; color: var(--faint); margin: 32px 0 10px; }
.costs { margin: 16px 0 0; font-size: 13.5px; color: var(--soft); } .costs b { font-weight: 600; color: var(--ink); }
.chart { height: 240px; } #chart-equity { height: 440px; } #chart-rolling { height: 300px; } #chart-exposure { height: 150px; } .chart.tall { height: 380px; } .chart.short { height: 180px; }
section { break-inside: avoid; }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 0 36px; } .pair > * { min-width: 0; }
.columns { columns: 2; column-gap: 48px; }
table { border-collapse: collapse; width: 100%; font-size: 13.5px; }
caption { text-align: left; font-weight: 600; font-size: 12px; letter-spacing: .08em; text-transform: uppercase; color: var(--faint); padding: 0 0 6px; }
th { font-weight: 400; text-align: left; } td { text-align: right; }
.figures { break-inside: avoid; margin: 0 0 28px; } .many { columns: 3; column-gap: 36px; } .many .figures { break-inside: auto; } .many td { white-space: nowrap; } .figures tr { break-inside: avoid; } .figures caption { break-after: avoid; } tr[title] { cursor: help; }
.formulas th { width: 34%; vertical-align: top; } .formulas td { text-align: left; font-weight: 400; } .figures tr { border-top: 1px solid var(--rule); }
.figures th, .figures td { padding: 6px 0; vertical-align: baseline; } .figures td { padding-left: 14px; font-weight: 500; }
.figures small { display: block; color: var(--faint); font-size: 11.5px; line-height: 1.3; }
.hashes { margin-top: 28px; }
.hashes td { font: 11.5px/1.5 ui-monospace, 'SF Mono', Menlo, Consolas, monospace; overflow-wrap: anywhere; font-weight: 400; }
.hashes th { white-space: nowrap; padding-right: 12px; }
.scroll { overflow-x: auto; }
.rows th { color: var(--faint); font-size: 12px; padding: 6px 10px; text-align: right; border-bottom: 1px solid var(--ink); white-space: nowrap; }
.rows td { padding: 5px 10px; border-bottom: 1px solid var(--rule); white-space: nowrap; }
.rows tr > :first-child { text-align: left; padding-left: 0; } .rows tr > :last-child { padding-right: 0; }
.months { font-size: 12.5px; table-layout: fixed; min-width: 760px; } .months th { color: var(--faint); text-align: right; padding: 5px 7px; } .months tr > :first-child { text-align: left; padding-left: 0; }
.months td { padding: 5px 7px; border: 1px solid var(--paper); } .months .total { font-weight: 600; border-left: 8px solid var(--paper); }
.months .held { color: var(--faint); }
.heat.flat { color: var(--faint); }
.heat.gain { background: color-mix(in srgb, var(--gain) calc(var(--s) * 46%), transparent); }
.heat.loss { background: color-mix(in srgb, var(--loss) calc(var(--s) * 46%), transparent); }
.none { color: var(--faint); font-size: 13.5px; }
.log { font: 12px/1.55 ui-monospace, 'SF Mono', Menlo, Consolas, monospace; white-space: pre-wrap; overflow-wrap: anywhere; background: var(--wash); padding: 12px 16px; max-height: 360px; overflow: auto; margin: 0; }
summary { cursor: pointer; } summary h2, summary h3 { display: inline; }
details { margin-top: 44px; } details > :nth-child(2) { margin-top: 12px; }
footer { margin-top: 48px; border-top: 1px solid var(--rule); padding-top: 14px; font-size: 12px; color: var(--faint); }
@media (max-width: 960px) { .many { columns: 2; } }
@media (max-width: 720px) { .columns { columns: 1; } .pair { grid-template-columns: 1fr; } .about { text-align: left; } main { padding: 28px 18px; } h1 { font-size: 29px; } }
@page { size: A4; margin: 14mm; }
@media print { :root { color-scheme: light; --paper: #fff; --wash: #f5f4f0; --ink: #1b1f27; --soft: #4a5160; --faint: #6d7482; --rule: #e3e1da; --accent: #9a6a10; --muted: #98a1b0; --gain: #1f7a57; --loss: #b3323e; --note: #fbf5e6; }
  body { font-size: 12px; } main { padding: 0; max-width: none; } h2 { margin-top: 26px; break-after: avoid; } .months { min-width: 0; font-size: 10px; } .months th, .months td { padding: 3px 4px; }
  .log { max-height: none; } .chart { height: 200px; } #chart-equity { height: 340px; } #chart-rolling { height: 240px; } #chart-exposure { height: 120px; } .rows tr, .months tr { break-inside: avoid; } .headline b { font-size: 21px; } .headline { grid-template-columns: repeat(7, 1fr); } }
`;
