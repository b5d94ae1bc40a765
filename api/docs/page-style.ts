/**
 * Styles of the documentation page. On a phone, the contents scroll in a box above the text. On a wide screen they are
 * at its side. Colours follow the reader's system. Nothing is loaded.
 */
export const style = `
:root { color-scheme: light dark; --ink: light-dark(#1c2330, #e4e8ef); --soft: light-dark(#5a6475, #9aa5b8);
  --paper: light-dark(#fff, #12161d); --field: light-dark(#f4f6f9, #1b212b); --line: light-dark(#dde2ea, #2d3644);
  --accent: light-dark(#1654c0, #86b1ff) }
* { box-sizing: border-box }
html { scroll-padding-top: 1rem }
body { margin: 0; font: 16px/1.55 system-ui, sans-serif; color: var(--ink); background: var(--paper) }
.page { display: grid; grid-template-columns: minmax(0, 1fr); max-width: 84rem; margin: 0 auto }
header, main, nav { padding: 1.5rem }
header, main { min-width: 0 }
main { padding-top: 0 }
nav { max-height: 45vh; overflow-y: auto; border-block: 1px solid var(--line) }
nav ul { list-style: none; margin: 0 0 1rem; padding: 0; font-size: .875rem }
nav li { padding: .1rem 0 }
nav strong { font-size: .875rem }
a { color: var(--accent) }
nav a { text-decoration: none }
nav a:hover, nav a:focus { text-decoration: underline }
h1 { font-size: 1.9rem; margin: 0 0 .5rem }
h2 { margin: 3rem 0 .25rem; padding-top: 1rem; border-top: 1px solid var(--line) }
h3 { margin: 2.5rem 0 .5rem; font-size: 1.1rem }
h4 { margin: 1.25rem 0 .35rem; font-size: .875rem; color: var(--soft) }
p { margin: .4rem 0; max-width: 46rem; white-space: pre-line }
code, pre { font: .85rem/1.5 ui-monospace, monospace }
code { background: var(--field); padding: .1rem .3rem; border-radius: .25rem; overflow-wrap: anywhere }
pre { background: var(--field); border: 1px solid var(--line); border-radius: .4rem; padding: .75rem; overflow-x: auto;
  margin: .35rem 0; max-height: 26rem }
pre code { background: none; padding: 0; overflow-wrap: normal }
.route { display: flex; flex-wrap: wrap; gap: .5rem; align-items: baseline; margin: 0 }
.method { font: 700 .75rem/1 ui-monospace, monospace; padding: .3rem .45rem; border-radius: .25rem; color: #fff;
  background: #4b5563 }
.get { background: #1d5fbf } .post { background: #1c7a46 } .patch { background: #9a5b00 } .delete { background: #b3261e }
.scroll { overflow-x: auto }
table { border-collapse: collapse; width: 100%; font-size: .875rem }
th, td { text-align: left; vertical-align: top; padding: .4rem .6rem .4rem 0; border-bottom: 1px solid var(--line) }
td:first-child code { overflow-wrap: normal }
th { color: var(--soft); font-weight: 600 }
.soft { color: var(--soft) }
@media (min-width: 60rem) {
  .page { grid-template-columns: 17rem minmax(0, 1fr) }
  nav { grid-area: 1 / 1 / 3; position: sticky; top: 0; height: 100vh; max-height: none; border-block: 0;
    border-right: 1px solid var(--line) }
  header, main { grid-column: 2 }
}
`
