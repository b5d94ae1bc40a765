import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { consolePaths } from '../../../api/console/console.ts'
import { apiWorld, type World } from '../../support/api-world.ts'

/** Routes that the document leaves out: pages, their files, and the document itself. */
const forPeople = new Set<string>([
  ...consolePaths,
  '/assets/:file',
  '/icon.svg',
  '/docs',
  '/openapi.json',
  '/activate/*',
])

let world: World
beforeAll(async () => {
  world = await apiWorld(import.meta.url)
})
afterAll(() => world.close())

interface Operation {
  summary?: string
  tags?: string[]
  security?: unknown[]
  responses: Record<string, { content?: Record<string, unknown> }>
}

async function operations(): Promise<[string, string, Operation][]> {
  const document = (await (await world.app.request('/openapi.json')).json()) as { paths: object }
  return Object.entries(document.paths as Record<string, Record<string, Operation>>).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): [string, string, Operation] => [method, path, operation]),
  )
}

const session = { session: [] }

/** Routes that need no session, and routes about the administrator's own account, which a key does not have. */
const byAnybody = /^\/v1\/(session|account-invitations|account\/forgotten)/
const ofOneself = /^\/v1\/account(\/|$)/

describe('/openapi.json', () => {
  test('the document is OpenAPI 3.1 with a security scheme, and every reference resolves', async () => {
    const text = await (await world.app.request('/openapi.json')).text()
    const document = JSON.parse(text)
    expect(document.openapi).toBe('3.1.0')
    expect(document.components.securitySchemes.key).toMatchObject({ type: 'http', scheme: 'bearer' })
    const references = [...text.matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map((match) => match[1] as string)
    expect(references).toContain('ImportOptions')
    for (const name of references) expect(document.components.schemas).toHaveProperty(name)
  })

  test('the document describes every route of the API with a summary and a tag', async () => {
    const described = new Set((await operations()).map(([method, path]) => `${method.toUpperCase()} ${path}`))
    const answered = world.app.routes
      .filter(({ method, path }) => method !== 'ALL' && !forPeople.has(path))
      .map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`)
    expect([...described].sort()).toEqual([...new Set(answered)].sort())
    for (const [, path, { summary, tags }] of await operations()) {
      expect(summary, path).toBeTruthy()
      expect(tags, path).toHaveLength(1)
    }
  })

  test('every route below /v1 names its security and its problem response', async () => {
    for (const [method, path, { security, responses }] of await operations()) {
      if (!path.startsWith('/v1')) continue
      const ways = byAnybody.test(path) ? [] : ofOneself.test(path) ? [session] : [{ key: [] }, session]
      expect(security, `${method} ${path}`).toEqual(ways)
      expect(responses['401']?.content, `${method} ${path}`).toHaveProperty('application/problem+json')
    }
  })
})

interface Document {
  paths: Record<string, Record<string, Described>>
  components: { schemas: Record<string, Part> }
}

interface Part {
  $ref?: string
  type?: string | string[]
  format?: string
  example?: unknown
  default?: unknown
  enum?: unknown[]
  properties?: Record<string, Part>
  items?: Part
  anyOf?: Part[]
  oneOf?: Part[]
  allOf?: Part[]
}

/** The places of strings below a schema that have no example. */
function bare(part: Part, place: string): string[] {
  if (part.$ref || part.example !== undefined || part.default !== undefined || part.enum) return []
  const alternatives = [...(part.anyOf ?? []), ...(part.oneOf ?? []), ...(part.allOf ?? [])]
  const text = [part.type].flat().includes('string') && part.format !== 'binary'
  return [
    ...(text ? [place] : []),
    ...Object.entries(part.properties ?? {}).flatMap(([name, its]) => bare(its, `${place}.${name}`)),
    ...[...(part.items ? [part.items] : []), ...alternatives].flatMap((its) => bare(its, place)),
  ]
}

describe('an example', () => {
  test('every string of every schema, parameter and body has an example', async () => {
    const { paths, components } = (await (await world.app.request('/openapi.json')).json()) as Document
    const found = Object.entries(components.schemas).flatMap(([name, part]) => bare(part, name))
    for (const [path, methods] of Object.entries(paths)) {
      for (const { parameters = [], requestBody } of Object.values(methods)) {
        found.push(...parameters.flatMap(({ name, schema }) => bare(schema, `${path} ${name}`)))
        for (const [type, { schema }] of Object.entries(requestBody?.content ?? {})) {
          if (/json|form/.test(type)) found.push(...bare(schema, path))
        }
      }
    }
    expect(found).toEqual([])
  })

  // The ids of the examples are unknown to the API. Apart from that, it must accept each example unchanged.
  test('the API accepts every example request', async () => {
    const client = world.as(await world.key(null, { contact: 'hr@example.com' }))
    const refused: unknown[] = []
    for (const { method, path, body } of await requestsToTry()) {
      const answer = await client.send(method, path, { body, headers: { 'Content-Type': 'application/json' } })
      const { errors = [], code } = answer.body || {}
      const wrong = errors.filter(
        ({ message }: { message: string }) => !/no such|there is no|expected the id of/i.test(message),
      )
      if (
        answer.status >= 500 ||
        [400, 415].includes(answer.status) ||
        (code === 'invalid-request' && wrong.length > 0)
      ) {
        refused.push([method, path, code, wrong])
      }
    }
    expect(refused).toEqual([])
  })

  test('an example form sends the fields of its route', async () => {
    const page = await (await world.app.request('/docs')).text()
    const forms = [...page.matchAll(/<h4>Try it<\/h4>\s*<pre><code>([^<]*-F file=[^<]*)<\/code>/g)].map(
      ([, text]) => text!,
    )
    expect(forms.length).toBe(3)
    const client = world.as(await world.key())
    for (const text of forms) {
      const form = new FormData()
      for (const [, name, value] of text
        .replaceAll('&quot;', '"')
        .replaceAll('&#39;', "'")
        .matchAll(/-F '?(\w+)=([^'\s]*)/g)) {
        if (name === 'file') form.set('file', new File(['email,name\na@b.example,Ada\n'], 'people.csv'))
        else form.set(name!, value!)
      }
      const path = /"http[^"]*?(\/v1[^"]*)"/.exec(text.replaceAll('&quot;', '"'))?.[1] ?? ''
      const answer = await client.send('POST', path, { body: form })
      expect([path, answer.status < 300, answer.body.errors ?? []]).toEqual([path, true, []])
    }
  })
})

interface Described {
  parameters?: { name: string; schema: Part }[]
  requestBody?: { content: Record<string, { schema: Part }> }
}

/** The example requests of the page that send JSON with a key. */
async function requestsToTry(): Promise<{ method: string; path: string; body: string }[]> {
  const page = await (await world.app.request('/docs')).text()
  const plain = page.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&lt;', '<').replaceAll('&amp;', '&')
  const lines = plain.matchAll(
    /curl -X (\w+) "http[^"]*?(\/v1[^"]*)" \\\n {2}-H "Authorization[^\n]*\n[^\n]*json' \\\n {2}-d '([^\n]*)'<\/code>/g,
  )
  const found = [...lines].map(([, method, path, body]) => ({
    method: method!,
    path: path!.replace('$ID', '0197a7c0-5b1e-7c3a-9d2f-3f1a2b4c5d6e'),
    body: body!,
  }))
  expect(found.length).toBeGreaterThan(25)
  return found
}

describe('/docs', () => {
  test('the page shows every route with an example request, and loads and runs nothing', async () => {
    const response = await world.app.request('/docs')
    const page = await response.text()
    expect(response.headers.get('Content-Security-Policy')).toContain("default-src 'none'")
    expect(page).not.toMatch(/<script|<link|<img|src=|@import|url\(/i)
    for (const [, path, { summary }] of await operations()) {
      expect(page).toContain(path)
      expect(page).toContain(summary)
    }
    expect(page).toContain('curl')
    expect(page).toContain('light-dark(')
  })

  test('every link within the page has a target', async () => {
    const page = await (await world.app.request('/docs')).text()
    const targets = new Set([...page.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]))
    const links = [...page.matchAll(/href="#([^"]+)"/g)].map((match) => match[1])
    expect(links.length).toBeGreaterThan(50)
    expect(links.filter((link) => !targets.has(link))).toEqual([])
  })
})
