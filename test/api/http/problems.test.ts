import { Writable } from 'node:stream'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createApp } from '../../../api/app.ts'
import { createDatabase } from '../../../db/core/database.ts'
import { apiWorld, type World } from '../../support/api-world.ts'

let world: World
let client: ReturnType<World['as']>
const lines: Record<string, unknown>[] = []
const sink = new Writable({
  write(chunk, _encoding, done) {
    lines.push(JSON.parse(String(chunk)))
    done()
  },
})

beforeAll(async () => {
  world = await apiWorld(import.meta.url, { log: pino({ level: 'trace' }, sink) })
  client = world.as(await world.key())
})
afterAll(() => world.close())

const json = { 'Content-Type': 'application/json' }

describe('a request that cannot be served', () => {
  test.each([
    ['an unknown path below /v1', 'GET', '/v1/nothing', {}, 404, 'not-found'],
    ['an unknown path', 'GET', '/nothing', {}, 404, 'not-found'],
    ['an invalid id', 'GET', '/v1/imports/nonsense', {}, 404, 'not-found'],
    ['an unsupported method', 'PUT', '/v1/users', {}, 405, 'method-not-allowed'],
    ['incomplete JSON', 'POST', '/v1/companies', { body: '{"name":', headers: json }, 400, 'malformed-request'],
    [
      'another content type',
      'POST',
      '/v1/companies',
      { body: '<a/>', headers: { 'Content-Type': 'text/xml' } },
      415,
      'unsupported-media-type',
    ],
    [
      'a large body',
      'POST',
      '/v1/companies',
      { body: `{"name":"${'x'.repeat(1024 * 1024)}"}`, headers: json },
      413,
      'too-large',
    ],
    ['a wrong body', 'POST', '/v1/companies', { body: '[]', headers: json }, 422, 'invalid-request'],
  ])('a request gets problem details: %s', async (_, method, path, init, status, code) => {
    const answer = await client.send(method, path, init)
    expect(answer.status).toBe(status)
    expect(answer.headers.get('Content-Type')).toBe('application/problem+json')
    expect(answer.body).toEqual({
      type: `/problems/${code}`,
      title: expect.any(String),
      status,
      detail: expect.any(String),
      code,
      requestId: answer.headers.get('X-Request-Id'),
      ...(status === 422 ? { errors: [expect.anything()] } : {}),
    })
  })

  test('a request with a wrong method gets the allowed methods', async () => {
    const answer = await client.send('PUT', '/v1/imports/x/confirm')
    expect([answer.status, answer.headers.get('Allow')]).toEqual([405, 'POST'])
  })

  test('a request without a database gets 503 with Retry-After', async () => {
    const away = createDatabase('postgres://nobody@127.0.0.1:9/none', { connections: 1 })
    const app = createApp({ ...world.deps, ...away })
    const response = await app.request('/v1/users', { headers: { Authorization: 'Bearer x' } })
    expect(response.status).toBe(503)
    expect(response.headers.get('Retry-After')).toBe('5')
    expect(await response.json()).toMatchObject({ code: 'database-unavailable' })
    const link = await app.request('/activate/1.Zk3vQ2h1Zk3vQ2h1Zk3vQ2h1Zk3vQ2h1Zk3vQ2h1ZkA', {
      headers: { 'Accept-Language': 'de' },
    })
    expect(link.status).toBe(503)
    expect(link.headers.get('Cache-Control')).toBe('no-store')
    expect(link.headers.get('Content-Security-Policy')).toContain("default-src 'none'")
    expect(await link.text()).toContain('Das hat nicht geklappt')
    const ready = await app.request('/readyz')
    expect([ready.status, await ready.json()]).toMatchObject([503, { ready: false, database: 'unreachable' }])
    expect((await app.request('/healthz')).status).toBe(200)
    await away.pool.end()
  })

  test('an unexpected error returns only the request id, and its log line has a stack without personal data', async () => {
    const broken = { ...world.deps, db: brokenDb('relation "ada@example.com" is odd') }
    const response = await createApp(broken as never).request('/v1/users', { headers: { Authorization: 'Bearer x' } })
    const body = (await response.json()) as { requestId: string }
    expect(response.status).toBe(500)
    expect(body).toMatchObject({ code: 'internal-error', requestId: response.headers.get('X-Request-Id') })
    expect(JSON.stringify(body)).not.toContain('ada')
    const told = lines.filter(({ requestId }) => requestId === body.requestId)
    expect(told.map(({ msg }) => msg)).toEqual(['request failed', 'request'])
    expect(told[0]).toMatchObject({ name: 'Error', stack: expect.stringContaining('problems.test.ts') })
    expect(JSON.stringify(told)).not.toContain('ada@')
  })
})

function brokenDb(message: string) {
  return {
    selectFrom() {
      throw new Error(message)
    },
  }
}

describe('a request', () => {
  test('a request keeps its own id unless the id is unsafe', async () => {
    const idOf = async (id: string) =>
      (await client.get('/v1/users', { 'X-Request-Id': id })).headers.get('X-Request-Id')
    expect(await idOf('from-a-proxy-17')).toBe('from-a-proxy-17')
    expect(await idOf('a "quoted" id')).toMatch(/^[0-9a-f-]{36}$/)
    expect(await idOf('x'.repeat(129))).toMatch(/^[0-9a-f-]{36}$/)
  })

  test('a request is logged by route and key prefix, without path, query, body and key', async () => {
    lines.length = 0
    const company = (await client.post('/v1/companies', { name: 'Secret Company' })).body.id
    await client.get('/v1/users?email=secret@example.com')
    await client.get(`/v1/companies/${company}`)
    await world.app.request(`/activate/${'s'.repeat(43)}`)
    expect(lines.map(({ msg, method, route, status }) => [msg, method, route, status])).toEqual([
      ['request', 'POST', '/v1/companies', 201],
      ['request', 'GET', '/v1/users', 200],
      ['request', 'GET', '/v1/companies/:id', 200],
      ['request', 'GET', '/activate/:token', 404],
    ])
    expect(lines[0]).toMatchObject({
      ms: expect.any(Number),
      requestId: expect.any(String),
      key: expect.stringMatching(/^mk_.{8}$/),
    })
    expect(JSON.stringify(lines)).not.toMatch(new RegExp(`secret|Secret|sssss|${company}`))
  })

  test('a response has the headers that restrict browsers and caches', async () => {
    const { headers } = await client.get('/v1/users')
    expect(Object.fromEntries(headers)).toMatchObject({
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
    })
    expect(headers.get('Strict-Transport-Security')).toBeNull()
    const page = await world.app.request(`/activate/${'s'.repeat(43)}`)
    expect(page.headers.get('Content-Security-Policy')).toContain("default-src 'none'")
  })
})

describe('/metrics', () => {
  test('the metrics count requests by route and status, imports and open e-mails, under unique names', async () => {
    await client.upload('enabled\n1\n')
    await client.get('/v1/imports/nonsense')
    const text = await (await world.app.request('/metrics')).text()
    expect(text).toMatch(/^muster_http_requests_total\{method="GET",route="\/v1\/imports\/:id",status="404"\} \d+$/m)
    expect(text).toMatch(/^muster_http_request_duration_seconds_bucket\{.*route="\/v1\/imports".*\} \d+$/m)
    expect(text).toMatch(/^muster_imports\{status="received"\} 1$/m)
    expect(text).toMatch(/^muster_emails_open\{state="queued"\} 0$/m)
    const names = [...text.matchAll(/^# TYPE (\S+)/gm)].map((match) => match[1] as string)
    expect(names.filter((name) => !name.startsWith('muster_'))).toEqual([])
    expect(new Set(names).size).toBe(names.length)
  })

  test('the metrics of the API are returned with a note when the worker is unavailable', async () => {
    const config = { ...world.deps.config, WORKER_METRICS_URL: 'http://127.0.0.1:9/metrics' }
    const text = await (await createApp({ ...world.deps, config }).request('/metrics')).text()
    expect(text).toContain('# the worker is unavailable')
    expect(text).toContain('muster_http_requests_total')
  })
})
