import { createHash } from 'node:crypto'

/** The complete style of the public pages. It matches the console's sign-in page (web/base.css, web/parts/page/door.tsx). */
export const css = `
:root { color-scheme: light dark; --paper: light-dark(#fff, #14181d); --line: light-dark(#dfe4e8, #2f3741);
  --text: light-dark(#18202a, #e6eaee); --soft: light-dark(#566270, #a3afbb);
  --button: light-dark(#27313d, #4d5a6a); --over: light-dark(#18202a, #394553); --edge: light-dark(#8794a3, #7d8a98);
  --focus: light-dark(#1552a8, #93bdff); --bad: light-dark(#a51d1d, #ff9f98); --fair: light-dark(#7a4a00, #f3bd62);
  --good: light-dark(#176338, #7fd6a3); }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--text); font: 1rem/1.5 -apple-system, BlinkMacSystemFont,
  'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif; }
main { max-width: 24rem; margin: 0 auto; padding: max(2rem, 10vh) 1.25rem 3rem; overflow-wrap: anywhere; }
.who { margin: 0 0 1rem; font-weight: 650; }
h1 { margin: 0 0 1rem; font-size: 1.65rem; line-height: 1.25; letter-spacing: -.01em; text-wrap: balance; }
p { margin: 0 0 1rem; }
h1 ~ p { color: var(--soft); }
main > :last-child { margin-bottom: 0; }
label { display: block; margin-top: 1.5rem; font-weight: 600; }
.hint { margin: .125rem 0 .5rem; color: var(--soft); font-size: .9rem; }
.error { margin: .375rem 0 0; color: var(--bad); font-size: .9rem; font-weight: 600; line-height: 1.4; }
.field { position: relative; }
.field input { width: 100%; height: 2.625rem; padding: 0 7rem 0 .75rem; border: 1px solid var(--edge); border-radius: .5rem;
  background: transparent; color: inherit; font: inherit; }
input[aria-invalid=true] { border-color: var(--bad); border-width: 2px; }
.show { position: absolute; inset: 0 0 0 auto; width: auto; margin: 0; padding: 0 .9rem; background: none;
  color: var(--soft); font: inherit; font-size: .9rem; }
.show:hover { background: none; color: var(--text); }
.show[hidden] { display: none; }
/* Three lines high, as the longest text in a wide font, so that nothing below moves while the user types. */
.verdict { display: grid; min-height: 4.25rem; }
.verdict > * { grid-area: 1 / 1; }
.error + .strength { visibility: hidden; }
.strength { --tone: var(--bad); }
.strength[data-strength=fair] { --tone: var(--fair); }
.strength:is([data-strength=good], [data-strength=strong]) { --tone: var(--good); }
.strength p { margin: .375rem 0 0; color: var(--tone); font-size: .9rem; font-weight: 600; line-height: 1.4; }
.bars { display: flex; gap: .25rem; margin-top: .5rem; }
.bars i { flex: 1; height: .25rem; border-radius: .125rem; background: var(--line); }
.strength:not([data-strength='']) i:first-child, [data-strength=fair] i:nth-child(-n+2),
[data-strength=good] i:nth-child(-n+3), [data-strength=strong] i { background: var(--tone); }
@media (scripting: none) { .verdict { min-height: 0; } .strength { display: none; } }
button, .button { display: block; width: 100%; margin-top: 1rem; padding: .5625rem 1.375rem; border: 0;
  border-radius: .5rem; background: var(--button); color: #fff; font: inherit; font-weight: 600; text-align: center;
  text-decoration: none; cursor: pointer; }
button:hover, .button:hover { background: var(--over); }
:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; }
`

const nothing = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(css).digest('base64')}'`,
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
]

/** Allows this style sheet and nothing else: no script, no image, no font, no frame. */
export const contentSecurityPolicy = nothing.join('; ')

/** Also allows Muster's scripts. They may send no requests, so a typed password leaves the page only with the form. */
export const policyWithScript = [...nothing, "script-src 'self'", "worker-src 'self'"].join('; ')
