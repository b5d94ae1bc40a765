import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { lazyTemporal } from '../../../../api/http/temporal.ts'
import { repeatCancellations } from '../../../../api/imports/decide/dispatcher.ts'
import type { RunningWorker } from '../../../../worker/run.ts'
import { apiWorld, NOWHERE, type World } from '../../../support/api-world.ts'
import { twoCompanies } from '../../../support/catalogue.ts'
import { peopleOf, startWorker, stopWorker, untilStatus } from '../../../support/imports.ts'

let world: World
let client: ReturnType<World['as']>
let worker: RunningWorker
let csv: () => string

beforeAll(async () => {
  world = await apiWorld(import.meta.url, { decisionTimeoutMs: 2_000 })
  const { blue, platform } = await twoCompanies(world)
  client = platform
  csv = () => peopleOf(blue)
  worker = await startWorker(world)
})
afterAll(async () => {
  await stopWorker(worker)
  await world.close()
})

const review = { options: '{"review":true,"sendEmails":false}' }

async function inReview(): Promise<string> {
  const { id } = (await client.upload(csv(), review)).body
  await untilStatus(client, id, 'review')
  return id
}

async function terminate(id: string): Promise<void> {
  const temporal = await world.deps.temporal()
  await temporal.workflow.getHandle(`import-${id}`).terminate('a test')
}

const outcomes = async (id: string) =>
  (await world.db.selectFrom('outcomes').where('import_id', '=', id).select('row_no').execute()).length

/** Backdates the request by a minute. */
const age = (id: string) =>
  sql`UPDATE imports SET cancel_requested_at = cancel_requested_at - interval '1 minute' WHERE id = ${id}`.execute(
    world.db,
  )

describe('an import in review', () => {
  test('an import in review continues only after it is confirmed', async () => {
    const id = await inReview()
    expect(await outcomes(id)).toBe(0)
    expect(await client.post(`/v1/imports/${id}/resume`)).toMatchObject({ status: 409, body: { code: 'not-paused' } })
    expect((await client.post(`/v1/imports/${id}/confirm`)).status).toBe(200)
    const done = await untilStatus(client, id, 'completed')
    expect(done.counts).toMatchObject({ records: 4, valid: 3, invalid: 1, created: 2, skipped: 1 })
    for (const [decision, code] of [
      ['confirm', 'not-in-review'],
      ['resume', 'not-paused'],
      ['cancel', 'already-ended'],
    ]) {
      const answer = await client.post(`/v1/imports/${id}/${decision}`)
      expect(answer).toMatchObject({ status: 409, body: { code, detail: 'The import is completed.' } })
    }
  })

  test('an import in review writes nothing when it is cancelled', async () => {
    const id = await inReview()
    expect((await client.post(`/v1/imports/${id}/cancel`)).status).toBe(200)
    await untilStatus(client, id, 'cancelled')
    expect(await outcomes(id)).toBe(0)
  })
})

describe('an import with a terminated workflow', () => {
  test('an import with a terminated workflow continues in a new run after it is confirmed', async () => {
    const id = await inReview()
    await terminate(id)
    expect((await client.post(`/v1/imports/${id}/confirm`)).status).toBe(200)
    await untilStatus(client, id, 'completed')
    expect(await outcomes(id)).toBe(3)
  })

  test('an import with a terminated workflow waits for a confirmation in a new run after it is resumed', async () => {
    const id = await inReview()
    await terminate(id)
    expect((await client.post(`/v1/imports/${id}/resume`)).status).toBe(200)
    const temporal = await world.deps.temporal()
    expect((await temporal.workflow.getHandle(`import-${id}`).describe()).status.name).toBe('RUNNING')
    await client.post(`/v1/imports/${id}/confirm`)
    await untilStatus(client, id, 'completed')
  })

  test('an import with a terminated workflow ends immediately when it is cancelled', async () => {
    const id = await inReview()
    await terminate(id)
    expect(await client.post(`/v1/imports/${id}/cancel`)).toMatchObject({
      status: 200,
      body: { status: 'cancelled', phase: 'done', finishedAt: expect.any(String) },
    })
  })
})

describe('without a worker', () => {
  test('without a worker, a confirmation is rejected after the timeout, and a cancellation stays recorded until a worker is back', async () => {
    const id = await inReview()
    await stopWorker(worker)
    const confirmed = await client.post(`/v1/imports/${id}/confirm`)
    expect(confirmed).toMatchObject({ status: 503, body: { code: 'worker-unavailable' } })
    expect(confirmed.headers.get('Retry-After')).toBe('5')
    expect(await client.post(`/v1/imports/${id}/cancel`)).toMatchObject({ status: 202, body: { status: 'review' } })
    worker = await startWorker(world)
    await age(id)
    await repeatCancellations(world.deps)
    await untilStatus(client, id, 'cancelled')
    expect(await outcomes(id)).toBe(0)
  })
})

describe('without Temporal', () => {
  test('without Temporal, a decision is rejected with 503, and a cancellation stays recorded until Temporal is back', async () => {
    const away = lazyTemporal({ TEMPORAL_ADDRESS: NOWHERE, TEMPORAL_NAMESPACE: 'default' })
    const alone = await apiWorld(import.meta.url, { temporal: away.client, decisionTimeoutMs: 2_000 })
    const theirs = alone.as(await alone.key())
    const { id } = (await theirs.upload(csv())).body
    const resumed = await theirs.post(`/v1/imports/${id}/resume`)
    expect(resumed).toMatchObject({ status: 503, body: { code: 'temporal-unavailable' } })
    expect((await theirs.post(`/v1/imports/${id}/cancel`)).status).toBe(202)
    await sql`UPDATE imports SET cancel_requested_at = now() - interval '1 minute'`.execute(alone.db)
    await repeatCancellations({ ...alone.deps, temporal: world.deps.temporal })
    expect((await theirs.get(`/v1/imports/${id}`)).body).toMatchObject({ status: 'cancelled', phase: 'done' })
    await away.close()
    await alone.close()
  })
})
