import { Hono } from 'hono'
import { html } from 'hono/html'
import type { AppEnv } from '../deps.ts'
import { isId } from '../schemas/common.ts'

/**
 * Where the note about an import leads while there is no console: how to get at its results. It asks for no key and
 * knows nothing of the import, so it says the same for every id.
 */
export function importPage() {
  return new Hono<AppEnv>().get('/imports/:id', (c) => {
    const id = c.req.param('id')
    if (!isId(id)) return c.notFound()
    return c.html(html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex"><title>Results of an import</title>
<style>:root{color-scheme:light dark}body{font:1rem/1.5 system-ui,sans-serif;max-width:40rem;margin:3rem auto;padding:0 1rem}
pre{overflow-x:auto;padding:.75rem;border:1px solid;border-radius:.5rem}</style></head><body>
<h1>Results of an import</h1>
<p>Whoever holds an API key reads them with the command line:</p>
<pre>muster status ${id}
muster result ${id} --csv -o .
muster result ${id} --errors -o .</pre>
<p>or over HTTP: <code>GET /v1/imports/${id}/result.csv</code>, as <a href="/docs">the API docs</a> say.</p>
</body></html>`)
  })
}
