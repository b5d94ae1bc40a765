import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { request } from 'node:http'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { MAX_FILE_BYTES } from '../../../domain/imports/limits.ts'
import { freePort } from '../../../stack/processes/ports.ts'
import { NOWHERE } from '../../support/api-world.ts'
import { type FreshDatabase, freshDatabase } from '../../support/servers/cluster.ts'

const main = fileURLToPath(new URL('../../../api/main.ts', import.meta.url))
/** Milliseconds within which the process must end. */
const GRACE = 10_000
const KEY = 'operator-key-of-forty-characters-or-more'
const children: ChildProcess[] = []
let database: FreshDatabase

beforeAll(async () => {
  database = await freshDatabase()
})
afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
})
afterAll(() => database.drop())

/** Starts the API as a separate process. `said` collects its output. */
async function start(env: NodeJS.ProcessEnv = {}) {
  const port = env.PORT ?? String(await freePort())
  const child = spawn(process.execPath, ['--import', 'tsx', main], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH,
      PORT: port,
      DATABASE_URL: database.url,
      TEMPORAL_ADDRESS: NOWHERE,
      SMTP_URL: 'smtp://127.0.0.1:9',
      MUSTER_SECRET: 'x'.repeat(32),
      MUSTER_API_KEY: KEY,
      ...env,
    },
  })
  children.push(child)
  const said: string[] = []
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (text) => said.push(String(text)))
  const exited = once(child, 'exit').then(([code]) => code as number | null)
  const listens = async () => {
    for (;;) {
      if (said.join('').includes('API is listening')) return
      const ended = await Promise.race([exited.then(() => true), new Promise((done) => setTimeout(done, 50, false))])
      if (ended) throw new Error(`The API ended: ${said.join('')}`)
    }
  }
  return { url: `http://127.0.0.1:${port}`, port: Number(port), child, said, exited, listens }
}

const auth = { Authorization: `Bearer ${KEY}` }

/** Sends a file over the size limit, which the API rejects before the upload ends. */
async function refusesUnread(url: string): Promise<void> {
  const upload = request(`${url}/v1/imports`, {
    method: 'POST',
    headers: { ...auth, 'Content-Type': 'text/csv', 'Content-Length': MAX_FILE_BYTES + 1 },
  })
  upload.on('error', () => undefined) // The server closes the connection during the upload.
  upload.write('enabled\n')
  const [answer] = await once(upload, 'response')
  expect(answer.statusCode).toBe(413)
  upload.destroy()
}

/** Aborts an upload. Only that request may end. */
async function survivesAborted(url: string): Promise<void> {
  const head = '--b\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\nenabled\n'
  const form = 'multipart/form-data; boundary=b'
  for (const [type, body] of [
    ['text/csv', 'enabled\n'],
    [form, head],
    [form, '--b'],
  ] as const) {
    const upload = request(`${url}/v1/imports`, { method: 'POST', headers: { ...auth, 'Content-Type': type } })
    upload.on('error', () => undefined)
    await new Promise((sent) => upload.write(body, sent))
    upload.destroy()
  }
  expect((await fetch(`${url}/readyz`)).status).toBe(200)
}

describe('the process', () => {
  test('the process starts while Temporal is down, survives aborted uploads and ends on SIGTERM', async () => {
    const api = await start()
    await api.listens()
    await refusesUnread(api.url)
    await survivesAborted(api.url)
    const answer = await fetch(`${api.url}/v1/imports?name=a.csv`, {
      method: 'POST',
      headers: { ...auth, 'Content-Type': 'text/csv' },
      body: 'enabled\n1\n',
    })
    expect(answer.status).toBe(202)
    const { id } = (await answer.json()) as { id: string }
    // An open event stream must not keep the process alive.
    const events = await fetch(`${api.url}/v1/imports/${id}/events`, { headers: auth })
    const stopped = Date.now()
    api.child.kill('SIGTERM')
    expect(await events.text()).toContain('"status":"received"')
    expect(await api.exited).toBe(0)
    expect(Date.now() - stopped).toBeLessThan(GRACE)
    expect(api.said.join('')).not.toContain(KEY)
  })

  test.each([
    ['MUSTER_SECRET', 'short', /^MUSTER_SECRET: expected at least 32 characters\.$/m],
    ['DATABASE_URL', 'postgres://nobody@127.0.0.1:9/none', /^The database cannot be used: /m],
  ])('the process does not start with an invalid %s and prints a sentence', async (name, value, sentence) => {
    const api = await start({ [name]: value })
    expect(await api.exited).toBe(1)
    expect(api.said.join('')).toMatch(sentence)
    expect(api.said.join('')).not.toMatch(/\n\s+at /)
  })

  test('the process does not start on a port that is in use', async () => {
    const taken = createServer().listen(0)
    await once(taken, 'listening')
    const { port } = taken.address() as { port: number }
    const api = await start({ PORT: String(port) })
    expect(await api.exited).toBe(1)
    expect(api.said.join('')).toContain(`PORT: ${port} is already in use.`)
    taken.close()
  })
})

describe('the first administrator', () => {
  const admin = { MUSTER_ADMIN_EMAIL: 'first@muster.local', MUSTER_ADMIN_PASSWORD: 'g7Hq2mZp9LxWv4Tb' }

  test('the configured first administrator can sign in, and the password is not logged', async () => {
    const { url, listens, said } = await start(admin)
    await listens()
    const answer = await fetch(`${url}/v1/session`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ email: admin.MUSTER_ADMIN_EMAIL, password: admin.MUSTER_ADMIN_PASSWORD }),
    })
    expect(answer.status).toBe(200)
    const cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? ''
    const account = await fetch(`${url}/v1/account`, { headers: { Cookie: cookie } })
    expect(await account.json()).toMatchObject({ email: admin.MUSTER_ADMIN_EMAIL, role: 'platform' })
    for (const secret of Object.values(admin)) expect(said.join('')).not.toContain(secret)
  })

  test('an invalid first administrator stops the process with a sentence that names the variable', async () => {
    const empty = await freshDatabase()
    try {
      const { exited, said } = await start({ ...admin, DATABASE_URL: empty.url, MUSTER_ADMIN_PASSWORD: 'short' })
      expect(await exited).toBe(1)
      expect(said.join('')).toContain('MUSTER_ADMIN_PASSWORD: A password has at least 12 characters. This one has 5.')
    } finally {
      await empty.drop()
    }
  })
})
