import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { consolePaths } from '../../api/console.ts'
import { apiWorld, type World } from './world.ts'

/** Pages, what they load, and the document itself. */
const forPeople = new Set<string>([...consolePaths, '/assets/:file', '/icon.svg', '/docs', '/openapi.json'])

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

/** Before there is a session, and about one's own account, which a key does not have. */
const byAnybody = /^\/v1\/(session|account-invitations|account\/forgotten)/
const ofOneself = /^\/v1\/account(\/|$)/

describe('/openapi.json', () => {
  test('is OpenAPI 3.1 with a security scheme, and every reference in it leads somewhere', async () => {
    const text = await (await world.app.request('/openapi.json')).text()
    const document = JSON.parse(text)
    expect(document.openapi).toBe('3.1.0')
    expect(document.components.securitySchemes.key).toMatchObject({ type: 'http', scheme: 'bearer' })
    const references = [...text.matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map((match) => match[1] as string)
    expect(references).toContain('ImportOptions')
    for (const name of references) expect(document.components.schemas).toHaveProperty(name)
  })

  test('describes every route that the API answers, with a summary and a group', async () => {
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

  test('says of every route below /v1 who may ask, and that it may answer with a problem', async () => {
    for (const [method, path, { security, responses }] of await operations()) {
      if (!path.startsWith('/v1')) continue
      const ways = byAnybody.test(path) ? [] : ofOneself.test(path) ? [session] : [{ key: [] }, session]
      expect(security, `${method} ${path}`).toEqual(ways)
      expect(responses['401']?.content, `${method} ${path}`).toHaveProperty('application/problem+json')
    }
  })
})

describe('/docs', () => {
  test('shows every route with a request to try, and loads and runs nothing', async () => {
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

  test('has a target for every link to a part of it', async () => {
    const page = await (await world.app.request('/docs')).text()
    const targets = new Set([...page.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]))
    const links = [...page.matchAll(/href="#([^"]+)"/g)].map((match) => match[1])
    expect(links.length).toBeGreaterThan(50)
    expect(links.filter((link) => !targets.has(link))).toEqual([])
  })
})
