import { html, raw } from 'hono/html'
import type { ApiDocument, Operation, Parameter, Schema } from './api-document.ts'
import { curlOf } from './curl.ts'
import { style } from './page-style.ts'
import { schemaReader } from './schema-reader.ts'

type Html = ReturnType<typeof html>
type Reader = ReturnType<typeof schemaReader>

interface Entry {
  id: string
  method: string
  path: string
  operation: Operation
}

/** Renders the document as a page. It has no scripts and loads nothing. */
export function docsPage(document: ApiDocument, origin: string): Html {
  const reader = schemaReader(document)
  const groups = document.tags.map((tag) => ({ ...tag, entries: entriesOf(document, tag.name) }))
  const schemas = Object.entries(document.components.schemas).sort(([a], [b]) => a.localeCompare(b, 'en'))
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${document.info.title} API</title>
<style>${raw(style)}</style>
</head>
<body>
<div class="page">
<header>
<h1>${document.info.title} API</h1>
<p>${words(document.info.description ?? '')}</p>
<p>For programs: <a href="/openapi.json">openapi.json</a> (OpenAPI 3.1).</p>
</header>
<nav aria-label="Contents" tabindex="0">
${groups.map(({ name, entries }) => html`<strong>${name}</strong><ul>${entries.map(contentsLine)}</ul>`)}
<strong>Schemas</strong>
<ul>${schemas.map(([name]) => html`<li><a href="#schema-${name}">${name}</a></li>`)}</ul>
</nav>
<main>
${groups.map((group) => groupSection(group, reader, origin))}
<h2 id="schemas">Schemas</h2>
${schemas.map(([name, schema]) => schemaSection(name, schema, reader))}
</main>
</div>
</body>
</html>`
}

function entriesOf({ paths }: ApiDocument, tag: string): Entry[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([, operation]) => operation.tags?.[0] === tag)
      .map(([method, operation]) => ({ id: anchorOf(method, path), method, path, operation })),
  )
}

function anchorOf(method: string, path: string): string {
  return `${method}${path.replace(/[^a-z0-9]+/gi, '-')}`.replace(/-+$/, '')
}

function contentsLine({ id, operation, path }: Entry): Html {
  return html`<li><a href="#${id}">${operation.summary ?? path}</a></li>`
}

function groupSection(
  { name, description, entries }: { name: string; description: string; entries: Entry[] },
  reader: Reader,
  origin: string,
): Html {
  return html`<section><h2>${name}</h2><p class="soft">${description}</p>
${entries.map((entry) => operationSection(entry, reader, origin))}</section>`
}

function operationSection({ id, method, path, operation }: Entry, reader: Reader, origin: string): Html {
  const { summary, description, parameters = [], requestBody, responses } = operation
  return html`<article id="${id}">
<h3>${summary ?? path}</h3>
<p class="route"><span class="method ${method}">${method.toUpperCase()}</span> <code>${path}</code></p>
${description ? html`<p>${words(description)}</p>` : ''}
${parameters.length > 0 ? parameterTable(parameters, reader) : ''}
${Object.entries(requestBody?.content ?? {}).map(([type, { schema }]) => bodySection(type, schema, reader))}
<h4>Try it</h4>
<pre><code>${curlOf(origin, method, path, operation, reader.exampleOf)}</code></pre>
<h4>Responses</h4>
<div class="scroll"><table>
<tr><th scope="col">Status</th><th scope="col">Meaning</th><th scope="col">Body</th></tr>
${Object.entries(responses).map(([status, answer]) => html`<tr><td><code>${status}</code></td><td>${words(answer.description)}</td><td>${Object.entries(answer.content ?? {}).map(([type, { schema }]) => html`<code>${type}</code> ${schema ? typeLink(schema, reader) : ''} `)}</td></tr>`)}
</table></div>
</article>`
}

function parameterTable(parameters: Parameter[], { typeOf, limitsOf }: Reader): Html {
  return html`<h4>Parameters</h4><div class="scroll"><table>
<tr><th scope="col">Name</th><th scope="col">In</th><th scope="col">Type</th><th scope="col">Meaning</th></tr>
${parameters.map((it) => html`<tr><td><code>${it.name}</code>${it.required ? ' required' : ''}</td><td>${it.in}</td><td>${it.schema ? typeOf(it.schema) : ''}</td><td>${words([it.description ?? it.schema?.description ?? '', limitsOf(it.schema ?? {})].filter(Boolean).join(' '))}</td></tr>`)}
</table></div>`
}

function bodySection(type: string, schema: Schema | undefined, reader: Reader): Html {
  const its = schema ? reader.resolve(schema) : {}
  const example = type.includes('json') && schema ? JSON.stringify(reader.exampleOf(schema), null, 2) : null
  return html`<h4>Body: ${type}</h4>
${its.properties ? propertyTable(its, reader) : html`<p class="soft">${schema ? typeLink(schema, reader) : ''}</p>`}
${example === null ? '' : html`<pre><code>${example}</code></pre>`}`
}

function schemaSection(name: string, schema: Schema, reader: Reader): Html {
  const its = reader.resolve(schema)
  return html`<article id="schema-${name}"><h3>${name}</h3>
${its.description ? html`<p>${words(its.description)}</p>` : ''}
${its.properties ? propertyTable(its, reader) : html`<p class="soft">${reader.typeOf(its)}</p>`}
<pre><code>${JSON.stringify(reader.exampleOf(schema), null, 2)}</code></pre></article>`
}

function propertyTable({ properties = {}, required = [] }: Schema, reader: Reader): Html {
  return html`<div class="scroll"><table>
<tr><th scope="col">Field</th><th scope="col">Type</th><th scope="col">Meaning</th></tr>
${Object.entries(properties).map(([name, its]) => html`<tr><td><code>${name}</code>${required.includes(name) ? ' required' : ''}</td><td>${typeLink(its, reader)}</td><td>${words([its.description ?? '', reader.limitsOf(its)].filter(Boolean).join(' '))}</td></tr>`)}
</table></div>`
}

/** The type, as a link when it is a named schema. */
function typeLink(schema: Schema, { typeOf }: Reader): Html {
  const name = (schema.$ref ?? schema.items?.$ref ?? '').split('/').at(-1)
  return name ? html`<a href="#schema-${name}">${typeOf(schema)}</a>` : html`${typeOf(schema)}`
}

/** Renders prose in which back quotes mark code. */
function words(text: string): Html[] {
  return text.split('`').map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : html`${part}`))
}
