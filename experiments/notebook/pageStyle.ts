/**
 * The style sheet of toPage: light or dark as the system is. What is too wide scrolls on its own, with
 * a shadow at each edge that hides more; where browsers can animate by scrolling, it also says so.
 */
export const PAGE_STYLE = `:root { color-scheme: light dark; --ink: #1f2328; --paper: #fff; --faint: #59636e;
  --line: #d1d9e0; --code: #f6f8fa; --link: #0550ae; --holds: #116329; --fails: #a40e26; --shadow: #0003; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6edf3; --paper: #0d1117; --faint: #9198a1; --line: #3d444d; --code: #161b22;
    --link: #79c0ff; --holds: #56d364; --fails: #ff7b72; --shadow: #fff3; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 1rem/1.55 system-ui, sans-serif; overflow-wrap: break-word; }
main { max-width: 60rem; margin: 0 auto; padding: 1rem 1.25rem 4rem; }
h1 { font-size: 1.8rem; line-height: 1.25; }
h2 { font-size: 1.3rem; margin-top: 2.2rem; }
a { color: var(--link); }
.about { color: var(--faint); }
nav { border: 1px solid var(--line); border-radius: 6px; padding: 0.2rem 1.2rem; }
nav h2 { margin: 0.7rem 0 0; font-size: 1.1rem; }
.claims { list-style: none; padding: 0; }
.claims a { color: inherit; text-decoration: none; }
.claims a:hover, .claims a:focus { text-decoration: underline; }
.holds, .fails { font-family: ui-monospace, monospace; font-size: 0.9rem; margin: 0.35rem 0; }
.holds::first-letter { color: var(--holds); }
.holds { border-left: 3px solid var(--holds); padding-left: 0.6rem; }
.fails { border-left: 3px solid var(--fails); padding-left: 0.6rem; color: var(--fails); }
.cell { margin: 1.2rem 0; }
.prompt { font: 0.8rem ui-monospace, monospace; color: var(--faint); }
.out { margin-top: 0.6rem; }
.answer { border-left: 3px solid var(--link); padding-left: 0.8rem; margin: 1rem 0; }
.answer p { margin: 0.3rem 0; }
.answer p:first-child { font-weight: 600; }
.katex-block { margin: 0.4rem 0; padding: 0.3rem 0; }
math { font-size: 1.05em; }
pre, .table, figure, .katex-block { overflow-x: auto; }
pre, .table, .katex-block { --under: var(--paper);
  background: linear-gradient(90deg, var(--under) 50%, #0000) 0 50% / 2rem 100% no-repeat local,
    linear-gradient(270deg, var(--under) 50%, #0000) 100% 50% / 2rem 100% no-repeat local,
    linear-gradient(90deg, var(--shadow), #0000) 0 50% / 0.8rem calc(100% - 4px) no-repeat scroll,
    linear-gradient(270deg, var(--shadow), #0000) 100% 50% / 0.8rem calc(100% - 4px) no-repeat scroll var(--under); }
pre, .table, figure { margin: 0.2rem 0 0; }
pre::after, .table::after, figure::after, .katex-block::after { content: 'scrolls →';
  display: block; position: sticky; left: 0; width: max-content; font: 0/1.4 system-ui, sans-serif;
  color: var(--faint); animation: scrolls linear; animation-timeline: scroll(nearest inline); }
@keyframes scrolls { from, to { font-size: 0.75rem; } }
pre { padding: 0.6rem 0.8rem; font: 0.88rem/1.45 ui-monospace, monospace; }
.code { --under: var(--code); border: 1px solid var(--line); border-radius: 6px; }
code { font-family: ui-monospace, monospace; }
table { border-collapse: collapse; font: 0.88rem ui-monospace, monospace; }
caption { text-align: left; white-space: nowrap; color: var(--faint); padding: 0.2rem 0; }
th { font-weight: normal; color: var(--faint); padding: 0.15rem 0.6rem; text-align: right; }
td { padding: 0.15rem 0.6rem; border: 1px solid var(--line); white-space: nowrap; }
td:empty { border: 0; }
figcaption { margin: 0.4rem 0; font-weight: 600; }
figure svg { display: block; width: 47rem; min-width: 36rem; max-width: 100%; height: auto; border-radius: 6px; }
@media (max-width: 36rem) { main { padding: 0.6rem 0.8rem 3rem; } h1 { font-size: 1.4rem; } }
@media print { table { font-size: 0.6rem; } pre, .table, figure { overflow: visible; white-space: pre-wrap; }
  .cell, figure, nav { break-inside: avoid; } a { color: inherit; } }`;
