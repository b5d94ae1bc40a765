import { html, raw } from 'hono/html'
import type { Locale } from '../../../domain/texts/index.ts'
import { css } from './style.ts'

export type Html = ReturnType<typeof html>

/** A public page: who speaks, what it is about, and what there is to do. Works without scripts; `script` is the address of one. */
export function page(locale: Locale, who: string, title: string, content: Html, script: string | null = null): Html {
  return html`<!doctype html>
<html lang="${locale.lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<title>${title} · ${who}</title>
<style>${raw(css)}</style>
${script === null ? '' : html`<script type="module" src="${script}"></script>`}
</head>
<body>
<main>
<p class="who">${who}</p>
<h1>${title}</h1>
${content}
</main>
</body>
</html>
`
}
