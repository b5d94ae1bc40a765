import { createHash } from 'node:crypto'

/** The look of the public pages: one column, system fonts, light and dark. No part of it comes from elsewhere. */
export const css = `
:root { color-scheme: light dark; --page: #f3f5f7; --card: #fff; --line: #dfe3e8; --text: #1c2126; --soft: #57606a;
  --accent: #1f5fbf; --on-accent: #fff; --field: #8b949e; --bad: #b3261e; }
@media (prefers-color-scheme: dark) { :root { --page: #15181c; --card: #20252b; --line: #363d46; --text: #e8eaed;
  --soft: #a9b1bb; --accent: #8ab4ff; --on-accent: #0b1a33; --field: #79828d; --bad: #ff9a92; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 1rem/1.5 -apple-system, BlinkMacSystemFont,
  'Segoe UI', Roboto, Helvetica, Arial, sans-serif; }
main { max-width: 30rem; margin: 0 auto; padding: clamp(1rem, 8vh, 6rem) 1rem 2rem; }
article { background: var(--card); border: 1px solid var(--line); border-radius: .75rem;
  padding: clamp(1.25rem, 5vw, 2.5rem); overflow-wrap: anywhere; }
.who { margin: 0 0 1rem; color: var(--soft); font-size: .9rem; font-weight: 600; }
h1 { margin: 0 0 1rem; font-size: 1.5rem; line-height: 1.25; text-wrap: balance; }
p { margin: 0 0 1rem; }
article > :last-child { margin-bottom: 0; }
label { display: block; margin-top: 1.5rem; font-weight: 600; }
.hint { margin: .125rem 0 .5rem; color: var(--soft); font-size: .9rem; }
.error { margin: .5rem 0 0; color: var(--bad); font-size: .95rem; font-weight: 600; }
input[type=password] { width: 100%; padding: .7rem .75rem; border: 1px solid var(--field); border-radius: .5rem;
  background: transparent; color: inherit; font: inherit; }
input[aria-invalid=true] { border-color: var(--bad); border-width: 2px; }
button, .button { display: inline-block; margin-top: 1.25rem; padding: .75rem 1.5rem; border: 0; border-radius: .5rem;
  background: var(--accent); color: var(--on-accent); font: inherit; font-weight: 600; text-decoration: none;
  cursor: pointer; }
button:hover, .button:hover { filter: brightness(1.08); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
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
