import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { lazyTemporal } from '../../../../api/http/temporal.ts'
import { dispatch, runDispatcher } from '../../../../api/imports/decide/dispatcher.ts'
import { storeFile, sweepFiles, uploadFile } from '../../../../db/files/files.ts'
import { freePort } from '../../../../stack/processes/ports.ts'
import { findTemporal } from '../../../../stack/temporal/find-temporal.ts'
import { startTemporal } from '../../../../stack/temporal/temporal.ts'
import { apiWorld, NOWHERE, type World } from '../../../support/api-world.ts'
import { temporalFor } from '../../../support/servers/temporal.ts'

let world: World
const { address, namespace } = temporalFor(import.meta.url)
const up = lazyTemporal({ TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: namespace })

beforeAll(async () => {
  world = await apiWorld(import.meta.url, { env: { TEMPORAL_ADDRESS: NOWHERE } })
})
afterAll(async () => {
  await up.close()
  await world.close()
})

const CSV = 'enabled,name,email,companyName,languageCode\n'

/** Backdates the import, as if its start had failed a while ago. */
const age = (table: 'imports' | 'mailings' | 'files', interval: string) =>
  sql`UPDATE ${sql.table(table)} SET created_at = created_at - ${interval}::interval`.execute(world.db)

async function typeOf(workflowId: string): Promise<string> {
  return (await (await up.client()).workflow.getHandle(workflowId).describe()).type
}

describe('while Temporal is down', () => {
  test('an upload is accepted, and its workflow starts after Temporal returns', async () => {
    const client = world.as(await world.key())
    const { status, body } = await client.upload(CSV)
    expect([status, body.status]).toEqual([202, 'received'])
    await age('imports', '1 minute')
    await expect(dispatch(world.deps)).rejects.toThrow()

    await dispatch({ ...world.deps, temporal: up.client })
    expect(await typeOf(`import-${body.id}`)).toBe('importUsers')
    const row = await world.db.selectFrom('imports').select('workflow_started_at').executeTakeFirstOrThrow()
    expect(row.workflow_started_at).toBeInstanceOf(Date)
  })

  test('the dispatcher of a running API notices that Temporal is back', async () => {
    const port = await freePort()
    const folder = await mkdtemp(join(tmpdir(), 'muster-api-'))
    const log = join(folder, 'temporal.log')
    const down = lazyTemporal({ TEMPORAL_ADDRESS: `127.0.0.1:${port}`, TEMPORAL_NAMESPACE: 'default' })
    const deps = { ...world.deps, temporal: down.client }
    const client = world.as(await world.key())
    const { id } = (await client.upload(CSV)).body
    await age('imports', '1 minute')
    const dispatcher = runDispatcher(deps, { every: 100 })
    await expect(dispatch(deps)).rejects.toThrow()
    const server = await startTemporal({ binary: findTemporal() as string, port, headless: true, log })
    const startedAt = async () =>
      (await world.db.selectFrom('imports').where('id', '=', id).select('workflow_started_at').executeTakeFirst())
        ?.workflow_started_at
    await expect.poll(startedAt, { timeout: 30_000 }).toBeInstanceOf(Date)
    await dispatcher.stop()
    await down.close()
    await server.stop()
    await rm(folder, { recursive: true })
  })

  test('the API is ready and reports that Temporal is not', async () => {
    const response = await world.app.request('/readyz')
    expect([response.status, await response.json()]).toEqual([
      200,
      { ready: true, database: 'ready', temporal: 'unreachable' },
    ])
  })
})

describe('the dispatcher', () => {
  test('the dispatcher starts mailings without a workflow, and stops on request', async () => {
    const { id } = await world.db
      .insertInto('mailings')
      .values({ requested_by: 'test' })
      .returning('id')
      .executeTakeFirstOrThrow()
    await age('mailings', '1 minute')
    const dispatcher = runDispatcher({ ...world.deps, temporal: up.client }, { every: 20 })
    await expect.poll(() => typeOf(`mailing-${id}`).catch(() => null), { timeout: 10_000 }).toBe('deliverMailing')
    await dispatcher.stop()
  })

  test('the dispatcher ignores an import that ended without a workflow', async () => {
    const client = world.as(await world.key())
    const { body } = await client.upload(CSV)
    await world.db.updateTable('imports').set({ status: 'cancelled' }).where('id', '=', body.id).execute()
    await age('imports', '1 minute')
    await dispatch({ ...world.deps, temporal: up.client })
    await expect(typeOf(`import-${body.id}`)).rejects.toThrow(/not found/i)
  })

  test('two dispatchers at once start one workflow', async () => {
    const client = world.as(await world.key())
    const { body } = await client.upload(CSV)
    await age('imports', '1 minute')
    const deps = { ...world.deps, temporal: up.client }
    await Promise.all([dispatch(deps), dispatch(deps), dispatch(deps)])
    expect(await typeOf(`import-${body.id}`)).toBe('importUsers')
  })

  test('the dispatcher removes only files that no import has referred to for an hour', async () => {
    const bytes = async function* () {
      yield Buffer.from('x')
    }
    const of = (name: string) => ({ name, source: bytes(), maxBytes: 10 })
    await uploadFile(world.db, of('cut off'))
    await storeFile(world.db, of('lost a race'))
    await age('files', '61 minutes')
    await uploadFile(world.db, of('on its way'))
    await sweepFiles(world.db, 1_000)
    const left = await world.db.selectFrom('files').select('name').orderBy('id').execute()
    expect(new Set(left.map(({ name }) => name))).toEqual(new Set(['people.csv', 'on its way']))
    const chunks = await sql<{ n: number }>`SELECT count(DISTINCT file_id)::int AS n FROM file_chunks`.execute(world.db)
    expect(chunks.rows[0]?.n).toBe(left.length)
  })
})
