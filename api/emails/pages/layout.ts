import { html, raw } from 'hono/html'
import type { Locale } from '../../../domain/texts/index.ts'
import { css } from './style.ts'

export type Html = ReturnType<typeof html>

/**
 * Renders a public page. Works without scripts.
 *
 * @param sender the name of the company or of the product
 * @param script the URL of a script, or null
 */
export function page(locale: Locale, sender: string, title: string, content: Html, script: string | null = null): Html {
  return html`<!doctype html>
<html lang="${locale.lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<title>${title} · ${sender}</title>
<style>${raw(css)}</style>
${script === null ? '' : html`<script type="module" src="${script}"></script>`}
</head>
<body>
<main>
<p class="who">${sender}</p>
<h1>${title}</h1>
${content}
</main>
</body>
</html>
`
}
