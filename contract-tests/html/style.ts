/** How the report looks: light and dark by the reader's wish, from a phone's width on, and on paper. */

export const STYLE = `
:root {
  color-scheme: light dark;
  --page: #f6f7f9; --card: #ffffff; --ink: #1b2130; --soft: #565e70; --line: #dde1e8; --code: #f1f3f6;
  --link: #1f54c4; --good: #17703a; --good-soft: #e3f4e8; --bad: #b3202c; --bad-soft: #fdeaea;
  --warn: #875300; --warn-soft: #fdf1d8; --idle-soft: #eceef2;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #12151b; --card: #1a1f28; --ink: #e7eaf0; --soft: #a3abbb; --line: #303744; --code: #12161d;
    --link: #8fb4ff; --good: #76d897; --good-soft: #16301f; --bad: #ff9a9a; --bad-soft: #3b1a1d;
    --warn: #f3c268; --warn-soft: #36280d; --idle-soft: #252b36;
  }
}
*, *::before, *::after { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; scroll-padding-top: 4.5rem; }
body {
  margin: 0; background: var(--page); color: var(--ink);
  font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
}
main, header > div, footer { max-width: 72rem; margin: 0 auto; padding: 0 1rem; }
header { background: var(--card); border-bottom: 1px solid var(--line); padding: 1.75rem 0 1.5rem; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: .5rem 0 .25rem; letter-spacing: -.01em; overflow-wrap: anywhere; }
h2 { font-size: 1.2rem; line-height: 1.3; margin: 2.25rem 0 .75rem; letter-spacing: -.005em; }
h3 { font-size: 1rem; margin: 0; overflow-wrap: anywhere; }
p { margin: .4rem 0; }
a { color: var(--link); text-underline-offset: .15em; }
code, pre, .mono { font-family: ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, monospace; font-size: .86em; }
pre { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: .25rem; }
.skip { position: absolute; left: -99rem; } .skip:focus { left: 1rem; top: .5rem; background: var(--card); padding: .5rem; }
.soft { color: var(--soft); } .small { font-size: .875rem; }
.badge {
  display: inline-block; border-radius: 1rem; padding: .1rem .65rem; font-size: .8125rem; font-weight: 650;
  background: var(--idle-soft); color: var(--soft); white-space: nowrap;
}
.badge.good { background: var(--good-soft); color: var(--good); }
.badge.bad { background: var(--bad-soft); color: var(--bad); }
.badge.warn { background: var(--warn-soft); color: var(--warn); }
.verdict { font-size: .9375rem; padding: .2rem .9rem; }
.facts { display: flex; flex-wrap: wrap; gap: .1rem 1.25rem; margin: .5rem 0 0; padding: 0; list-style: none; overflow-wrap: anywhere; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(6.75rem, 1fr)); gap: .6rem; margin: 1.25rem 0 0; padding: 0; list-style: none; }
.tiles li { border: 1px solid var(--line); border-radius: .6rem; padding: .55rem .75rem; background: var(--page); }
.tiles b { display: block; font-size: 1.35rem; line-height: 1.25; font-variant-numeric: tabular-nums; }
.tiles span { font-size: .8125rem; color: var(--soft); }
.tiles .bad b { color: var(--bad); } .tiles .warn b { color: var(--warn); } .tiles .good b { color: var(--good); }
.filters {
  position: sticky; top: 0; z-index: 2; display: flex; flex-wrap: wrap; gap: .5rem; align-items: center;
  padding: .6rem 0; background: var(--page);
}
.filters input[type=search], .filters select, button {
  font: inherit; font-size: .9375rem; color: var(--ink); background: var(--card); border: 1px solid var(--soft);
  border-radius: .45rem; padding: .45rem .65rem; min-height: 2.5rem; max-width: 100%;
}
#count:empty { display: none; }
.filters input[type=search] { flex: 1 1 12rem; min-width: 0; }
.filters select { flex: 0 1 auto; min-width: 0; }
button { cursor: pointer; } button:hover { border-color: var(--link); color: var(--link); }
button.copy { min-height: 2rem; padding: .15rem .6rem; font-size: .8125rem; flex: none; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: .75rem; margin: 0 0 .9rem; overflow: clip; }
.card.operation { content-visibility: auto; contain-intrinsic-size: auto 24rem; }
.card > .head { display: flex; flex-wrap: wrap; gap: .3rem .75rem; align-items: center; justify-content: space-between; padding: .8rem 1rem; }
.method { font-weight: 700; color: var(--link); margin-right: .35rem; }
.failure { border-top: 1px solid var(--line); }
summary { cursor: pointer; }
.failure > summary { display: block; padding: .75rem 1rem .75rem 2.1rem; position: relative; list-style: none; }
.failure > summary::-webkit-details-marker { display: none; }
.failure > summary::before { content: ""; position: absolute; left: 1rem; top: 1.2rem; width: .45rem; height: .45rem; border: solid var(--soft); border-width: 0 2px 2px 0; transform: rotate(-45deg); }
.failure[open] > summary::before { transform: rotate(45deg); top: 1.1rem; }
.failure > summary:hover { background: var(--page); }
.line { display: flex; flex-wrap: wrap; gap: .2rem .6rem; align-items: baseline; }
.what { margin: .15rem 0 0; overflow-wrap: anywhere; }
.body { padding: 0 1rem 1rem 2.1rem; }
dl { display: grid; grid-template-columns: 7.5rem minmax(0, 1fr); gap: .3rem .75rem; margin: .25rem 0 .9rem; }
dt { color: var(--soft); font-size: .875rem; padding-top: .05rem; } dd { margin: 0; overflow-wrap: anywhere; }
.shell { display: flex; gap: .6rem; align-items: flex-start; background: var(--code); border: 1px solid var(--line); border-radius: .5rem; padding: .5rem .6rem; margin: 0 0 .5rem; }
.shell pre { flex: 1 1 auto; min-width: 0; padding-top: .2rem; }
.exchange { border: 1px solid var(--line); border-radius: .5rem; margin: 0; background: var(--code); }
.exchange > summary { padding: .5rem .75rem; font-size: .9375rem; }
.exchange pre { padding: .25rem .75rem .75rem; max-height: 32rem; overflow: auto; }
.exchange h4 { margin: .25rem .75rem; font-size: .8125rem; color: var(--soft); font-weight: 600; }
.bars { display: grid; gap: .6rem 1.75rem; grid-template-columns: repeat(auto-fit, minmax(13rem, 1fr)); margin: 0 0 1rem; padding: 0; list-style: none; }
.bars progress { appearance: none; width: 100%; height: .5rem; border: 0; border-radius: .25rem; background: var(--idle-soft); overflow: hidden; display: block; margin-top: .25rem; }
.bars progress::-webkit-progress-bar { background: var(--idle-soft); }
.bars progress::-webkit-progress-value { background: var(--good); }
.bars progress::-moz-progress-bar { background: var(--good); }
.bars li { display: flex; flex-wrap: wrap; justify-content: space-between; font-size: .9375rem; }
.scroll { overflow-x: auto; border: 1px solid var(--line); border-radius: .75rem; background: var(--card); }
table { border-collapse: separate; border-spacing: 0; width: 100%; font-size: .875rem; }
th, td { text-align: left; vertical-align: top; padding: .5rem .7rem; border-bottom: 1px solid var(--line); }
tr:last-child > * { border-bottom: 0; }
thead th { font-weight: 600; color: var(--soft); white-space: nowrap; }
tbody th { font-weight: 500; position: sticky; left: 0; background: var(--card); min-width: 14rem; max-width: 22rem; overflow-wrap: anywhere; z-index: 1; border-right: 1px solid var(--line); }
td { white-space: nowrap; font-variant-numeric: tabular-nums; }
td small { display: block; color: var(--soft); }
td.seen { background: var(--good-soft); } td.seen > span { color: var(--good); font-weight: 650; }
td.never { background: var(--warn-soft); } td.never > span { color: var(--warn); font-weight: 650; }
td.odd { background: var(--bad-soft); } td.odd > span { color: var(--bad); font-weight: 650; }
td.list { white-space: normal; min-width: 14rem; }
ul.plain { margin: .25rem 0; padding-left: 1.1rem; overflow-wrap: anywhere; }
footer { padding-top: 1.5rem; padding-bottom: 2.5rem; color: var(--soft); font-size: .875rem; }
[hidden] { display: none !important; }
@media (max-width: 34rem) {
  h1 { font-size: 1.3rem; }
  dl { grid-template-columns: minmax(0, 1fr); gap: 0; } dd { margin-bottom: .45rem; }
  .body, .failure > summary { padding-right: .8rem; }
  .body { padding-left: .8rem; }
  .shell { flex-direction: column; } .shell pre { width: 100%; }
  .filters { position: static; } .filters select { flex: 1 1 40%; }
  html { scroll-padding-top: .5rem; }
  tbody th { max-width: 11rem; min-width: 8rem; }
}
@media print {
  .filters, button { display: none; } body { background: #fff; } .card, .scroll { break-inside: avoid; }
}
`;
