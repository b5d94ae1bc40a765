import { createHash } from 'node:crypto'

/** The look of the public pages, which is the console's (web/base.css). No part of it comes from elsewhere. */
export const css = `
:root { color-scheme: light dark; --page: light-dark(#f5f7f8, #14181d); --card: light-dark(#fff, #1b2027);
  --line: light-dark(#dfe4e8, #2f3741); --text: light-dark(#18202a, #e6eaee); --soft: light-dark(#566270, #a3afbb);
  --button: light-dark(#27313d, #4d5a6a); --over: light-dark(#18202a, #394553); --edge: light-dark(#8794a3, #7d8a98);
  --focus: light-dark(#1552a8, #93bdff); --bad: light-dark(#a51d1d, #ff9f98); }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 1rem/1.5 -apple-system, BlinkMacSystemFont,
  'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif; }
main { max-width: 30rem; margin: 0 auto; padding: clamp(1rem, 8vh, 6rem) 1rem 2rem; }
article { background: var(--card); border: 1px solid var(--line); border-radius: .75rem;
  padding: clamp(1.25rem, 5vw, 2.5rem); overflow-wrap: anywhere; }
.who { margin: 0 0 1rem; color: var(--soft); font-size: .9rem; font-weight: 600; }
h1 { margin: 0 0 1rem; font-size: 1.65rem; line-height: 1.25; letter-spacing: -.01em; text-wrap: balance; }
p { margin: 0 0 1rem; }
article > :last-child { margin-bottom: 0; }
label { display: block; margin-top: 1.5rem; font-weight: 600; }
.hint { margin: .125rem 0 .5rem; color: var(--soft); font-size: .9rem; }
.error { margin: .5rem 0 0; color: var(--bad); font-size: .95rem; font-weight: 600; }
input[type=password] { width: 100%; padding: .7rem .75rem; border: 1px solid var(--edge); border-radius: .5rem;
  background: transparent; color: inherit; font: inherit; }
input[aria-invalid=true] { border-color: var(--bad); border-width: 2px; }
button, .button { display: inline-block; margin-top: 1.25rem; padding: .75rem 1.5rem; border: 0; border-radius: .5rem;
  background: var(--button); color: #fff; font: inherit; font-weight: 600; text-decoration: none;
  cursor: pointer; }
button:hover, .button:hover { background: var(--over); }
:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; }
@media (max-width: 30rem) { button, .button { width: 100%; text-align: center; } }
`

/** Lets the browser use this one style sheet and nothing else: no script, no image, no font, nobody's frame. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(css).digest('base64')}'`,
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ')
