import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { trySignal } from '../../stack/processes/child.ts'
import { PARTS, type StackInfo } from '../../stack/stack-info.ts'
import { startStack, type TestStack } from '../support/servers/stack-run.ts'

const QUICK = { timeout: 45_000, interval: 100 }

let stack: TestStack

beforeAll(async () => {
  stack = await startStack()
})

afterAll(() => stack.stop())

test('stack.json has exactly the fields of DESIGN.md, and only its owner can read it', async () => {
  expect(Object.keys(stack.info)).toEqual([
    'api',
    'temporal',
    'temporalUi',
    'inbox',
    'smtp',
    'databaseUrl',
    'apiKey',
    'admin',
    'pids',
  ])
  expect(Object.keys(stack.info.admin)).toEqual(['email', 'password'])
  expect(new Set(Object.keys(stack.info.pids))).toEqual(new Set(PARTS))
  expect(stack.info.apiKey).toMatch(/^mk_[A-Za-z0-9]{8}_[\w-]{43}$/)
  expect((await stat(join(stack.dataDir, 'stack.json'))).mode & 0o777).toBe(0o600)
  expect((await stat(join(stack.dataDir, 'secrets.json'))).mode & 0o777).toBe(0o600)
})

test('every address in stack.json answers, and the stack prints the sign-in, the key and the addresses', async () => {
  const { api, temporalUi, inbox, databaseUrl, apiKey, admin } = stack.info
  for (const url of [`${api}/readyz`, temporalUi ?? '', inbox ?? '']) expect((await fetch(url)).status).toBe(200)
  expect(await query(databaseUrl, 'select from users where false')).toEqual([])
  for (const shown of [api, `${api}/docs`, temporalUi, inbox, apiKey, admin.email, admin.password]) {
    expect(stack.output()).toContain(shown)
  }
  const signedIn = await fetch(`${api}/v1/session`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(admin),
  })
  expect(signedIn.status).toBe(200)
})

describe.each(PARTS)('a killed %s', (part) => {
  test('is restarted at the same address, and stack.json has its new process id', async () => {
    const before = await stack.read()
    process.kill(before.pids[part] ?? 0, 'SIGKILL')
    const after = await vi.waitFor(async () => {
      const now = await stack.read()
      expect(now.pids[part]).toBeGreaterThan(0)
      expect(now.pids[part]).not.toBe(before.pids[part])
      return now
    }, QUICK)
    expect({ ...after, pids: null }).toEqual({ ...before, pids: null })
    await vi.waitFor(() => answers(after), QUICK)
    expect(stack.output()).toContain(
      `muster: ${part} ended (SIGKILL) and is being restarted. Its log: ${stack.dataDir}`,
    )
  })
})

test('a second stack on the same data folder does not start and says why', async () => {
  await expect(startStack({ dataDir: stack.dataDir })).rejects.toThrow(
    /A stack is already running on .*set MUSTER_DATA_DIR/,
  )
  await answers(await stack.read())
})

test('a stack does not start on a port in use and says why', async () => {
  const { port } = new URL(stack.info.api)
  await expect(startStack({ env: { PORT: port } })).rejects.toThrow(
    `Port ${port} is in use. Stop the program that uses it, or set PORT`,
  )
})

test('a second stack with its own data folder leaves no process behind and keeps its data after a restart', async () => {
  const first = await startStack({ npm: true })
  expect(first.info.databaseUrl).not.toBe(stack.info.databaseUrl)
  await query(first.info.databaseUrl, 'create table kept as select 42 as answer')
  const processes = descendants(first.pid)
  expect(processes.length).toBeGreaterThan(5)
  await first.stop({ keepData: true })
  expect(processes.filter((pid) => trySignal(pid, 0))).toEqual([])
  expect(existsSync(join(first.dataDir, 'stack.json'))).toBe(false)

  const second = await startStack({ dataDir: first.dataDir })
  expect(await query(second.info.databaseUrl, 'select answer from kept')).toEqual([{ answer: 42 }])
  expect(second.info).toMatchObject({ apiKey: first.info.apiKey, admin: first.info.admin })
  await second.stop({ signal: 'SIGINT' })
})

test('the next start ends the processes that a killed supervisor left running', async () => {
  const killed = await startStack()
  const processes = descendants(killed.pid)
  process.kill(killed.pid, 'SIGKILL')
  const next = await startStack({ dataDir: killed.dataDir })
  expect(processes.filter((pid) => trySignal(pid, 0))).toEqual([])
  await next.stop()
})

async function answers({ api, inbox, temporalUi, databaseUrl }: StackInfo): Promise<void> {
  for (const url of [`${api}/readyz`, inbox ?? '', temporalUi ?? '']) expect((await fetch(url)).status).toBe(200)
  expect(await query(databaseUrl, 'select from users where false')).toEqual([])
}

async function query(connectionString: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

/** Returns the child processes of a process, and their child processes. */
function descendants(pid: number): number[] {
  const table = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' }).trim().split('\n')
  const pairs = table.map((line) => line.trim().split(/\s+/).map(Number) as [number, number])
  const below = (parent: number): number[] =>
    pairs.filter(([, ppid]) => ppid === parent).flatMap(([child]) => [child, ...below(child)])
  return below(pid)
}
