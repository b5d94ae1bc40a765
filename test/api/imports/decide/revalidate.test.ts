import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { lazyTemporal } from '../../../../api/http/temporal.ts'
import type { RunningWorker } from '../../../../worker/run.ts'
import { apiWorld, NOWHERE, type World } from '../../../support/api-world.ts'
import { twoCompanies } from '../../../support/catalogue.ts'
import { startWorker, stopWorker, untilStatus } from '../../../support/imports.ts'
import { type Sink, startSink, textOf } from '../../../support/servers/smtp-sink.ts'

let world: World
let all: Awaited<ReturnType<typeof twoCompanies>>
let worker: RunningWorker
let sink: Sink

beforeAll(async () => {
  sink = await startSink()
  world = await apiWorld(import.meta.url, { decisionTimeoutMs: 4_000, env: { SMTP_URL: sink.url } })
  all = await twoCompanies(world)
  worker = await startWorker(world)
})
afterAll(async () => {
  await stopWorker(worker)
  await world.close()
  await sink.close()
})

/** Two new users of Blue Harbour, each with a title. They get e-mails only if a test asks for them. */
function fileOf(...titles: string[]): string {
  const person = (title: string) => `1,Zoë,z.${crypto.randomUUID()}@example.com,Blue Harbour,hu-HU,${title}`
  return ['enabled,name,email,companyName,languageCode,module requested 1', ...titles.map(person), ''].join('\n')
}

const quiet = { sendEmails: false }
const upload = async (text: string, options: object = {}, client = all.platform): Promise<string> =>
  (await client.upload(text, { options: JSON.stringify({ ...quiet, ...options }) })).body.id

async function rejected(...titles: string[]): Promise<string> {
  const id = await upload(fileOf(...titles))
  await untilStatus(all.platform, id, 'rejected')
  return id
}

const teach = (id: string, title: string, more: object = {}) =>
  all.platform.post(`/v1/imports/${id}/aliases`, {
    aliases: [{ title, company: 'Blue Harbour', course: all.blue.course, ...more }],
  })
const revalidate = (id: string, client = all.platform) => client.post(`/v1/imports/${id}/revalidate`)

const enrolled = async (id: string) =>
  (await world.db.selectFrom('enrolments').where('import_id', '=', id).select('user_id').execute()).length
const outcomes = async (id: string) =>
  (await world.db.selectFrom('outcomes').where('import_id', '=', id).select('row_no').execute()).length
const checks = async (id: string) =>
  (await world.db.selectFrom('imports').where('id', '=', id).select('checks').executeTakeFirstOrThrow()).checks

/** Returns a title that no other test uses. */
const fresh = (word: string) => `${word} ${crypto.randomUUID().slice(0, 8)}`

describe('an import that was rejected because of its titles', () => {
  test('a rejected import completes without an upload after its titles have aliases, which also apply to the next file', async () => {
    const [drill, ladder] = [fresh('Fire drill'), fresh('Ladders')]
    const id = await rejected(drill, ladder, drill)
    const before = await all.platform.get(`/v1/imports/${id}`)
    expect(before.body.problem.unmatchedTitles.map((one: { title: string }) => one.title)).toEqual([drill, ladder])
    const one = await teach(id, drill)
    expect(one).toMatchObject({ status: 200, body: { count: 1, unmatchedTitles: [{ title: ladder }] } })
    expect(await outcomes(id)).toBe(0)

    // One title still has no alias, so the import is rejected again and writes nothing.
    expect(await revalidate(id)).toMatchObject({ status: 202, body: { id, plan: null, problem: null } })
    const again = await untilStatus(all.platform, id, 'rejected')
    expect(again.problem.unmatchedTitles).toMatchObject([{ title: ladder, rows: { count: 1, first: [3] } }])
    expect(await outcomes(id)).toBe(0)

    expect((await teach(id, ladder)).body).toEqual({ count: 0, unmatchedTitles: [] })
    expect((await revalidate(id)).status).toBe(202)
    const done = await untilStatus(all.platform, id, 'completed')
    expect(done.counts).toMatchObject({ records: 3, created: 3, assignments: 3, invalid: 0 })
    expect(await enrolled(id)).toBe(3)
    expect(await checks(id)).toBe(3)

    const next = await upload(fileOf(drill.toUpperCase(), ` ${ladder}`))
    expect((await untilStatus(all.platform, next, 'completed', 'rejected')).status).toBe('completed')
  })

  test('an alias with `once` applies to no later file', async () => {
    const title = fresh('Once')
    const id = await rejected(title)
    expect((await teach(id, title, { once: true })).body.count).toBe(0)
    await revalidate(id)
    await untilStatus(all.platform, id, 'completed')
    const next = await rejected(title)
    expect(await outcomes(next)).toBe(0)
  })

  test('a recheck reports a course that the company lost after the alias was saved', async () => {
    const course = await all.made('courses', { title: fresh('Soon gone'), companies: [all.blue.company] })
    const title = fresh('Means it')
    const id = await rejected(title)
    await teach(id, title, { course })
    await all.platform.patch(`/v1/courses/${course}`, { companies: [] })
    await revalidate(id)
    const again = await untilStatus(all.platform, id, 'rejected')
    expect(again.problem.unmatchedTitles).toMatchObject([{ title, reason: 'not-available' }])
  })

  test('a rejected import can be checked again while its run is still closing', async () => {
    const ids = await Promise.all([1, 2, 3].map(() => upload(fileOf(fresh('Quick')))))
    await Promise.all(
      ids.map(async (id) => {
        for (let n = 2; n < 5; n++) {
          await untilStatus(all.platform, id, 'rejected')
          expect((await revalidate(id)).status).toBe(202)
          expect(await checks(id)).toBe(n)
        }
        await untilStatus(all.platform, id, 'rejected')
      }),
    )
  })

  test('a rejected import is not found with the key of another company', async () => {
    const title = fresh('Ours')
    const id = await upload(fileOf(title), {}, all.blue.client)
    await untilStatus(all.blue.client, id, 'rejected')
    const nothing = { status: 404, body: { code: 'not-found' } }
    expect(await revalidate(id, all.red.client)).toMatchObject(nothing)
    const aliases = [{ title, company: 'Blue Harbour', course: all.red.course }]
    expect(await all.red.client.post(`/v1/imports/${id}/aliases`, { aliases })).toMatchObject(nothing)
    expect(await revalidate(id, all.blue.client)).toMatchObject({ status: 202 })
    await untilStatus(all.blue.client, id, 'rejected')
  })
})

describe('an import in review', () => {
  test('an import in review is rechecked in the same run and continues only after the new plan is confirmed', async () => {
    const id = await upload(fileOf('', ''), { review: true })
    expect((await untilStatus(all.platform, id, 'review')).plan).toMatchObject({ create: 2, update: 0, skip: 0 })
    const { rows } = { rows: await all.platform.get(`/v1/imports/${id}/plan`) }
    const [someone] = rows.body.items
    const person = { email: someone.email, firstName: 'Z', company: all.blue.company, language: 'hu' }
    expect((await all.platform.post('/v1/users', person)).status).toBe(201)
    expect(await revalidate(id)).toMatchObject({ status: 202 })
    const again = await untilStatus(all.platform, id, 'review')
    expect(again.plan).toMatchObject({ create: 1, skip: 1 })
    expect(await outcomes(id)).toBe(0)
    expect((await all.platform.post(`/v1/imports/${id}/confirm`)).status).toBe(200)
    expect((await untilStatus(all.platform, id, 'completed')).counts).toMatchObject({ created: 1, skipped: 1 })
    expect(await revalidate(id)).toMatchObject({ status: 409, body: { code: 'cannot-revalidate' } })
  })

  test('an import in review is rechecked in a new run if its workflow was terminated', async () => {
    const id = await upload(fileOf(''), { review: true })
    await untilStatus(all.platform, id, 'review')
    const temporal = await world.deps.temporal()
    await temporal.workflow.getHandle(`import-${id}`).terminate('a test')
    expect((await revalidate(id)).status).toBe(202)
    await untilStatus(all.platform, id, 'review')
    expect(await checks(id)).toBe(2)
    await all.platform.post(`/v1/imports/${id}/cancel`)
    await untilStatus(all.platform, id, 'cancelled')
    expect(await revalidate(id)).toMatchObject({ status: 409, body: { code: 'cannot-revalidate' } })
  })

  test('an import in review is rechecked once for two simultaneous requests, and both succeed', async () => {
    const id = await upload(fileOf(''), { review: true })
    await untilStatus(all.platform, id, 'review')
    const answers = await Promise.all([revalidate(id), revalidate(id)])
    expect(answers.map(({ status }) => status)).toEqual([202, 202])
    await untilStatus(all.platform, id, 'review')
    expect(await checks(id)).toBe(2)
  })

  test('an import in review is cancelled if a cancellation and a recheck arrive together', async () => {
    const id = await upload(fileOf(''), { review: true })
    await untilStatus(all.platform, id, 'review')
    const [again, cancelled] = await Promise.all([revalidate(id), all.platform.post(`/v1/imports/${id}/cancel`)])
    expect([202, 409]).toContain(again.status)
    expect(cancelled.status).toBe(200)
    await untilStatus(all.platform, id, 'cancelled')
    expect(await outcomes(id)).toBe(0)
  })

  test('an import applies only a plan that was shown if a confirmation and a recheck arrive together', async () => {
    const id = await upload(fileOf(''), { review: true })
    await untilStatus(all.platform, id, 'review')
    const [again, confirmed] = await Promise.all([revalidate(id), all.platform.post(`/v1/imports/${id}/confirm`)])
    expect([again.status, confirmed.status].sort()).toEqual(again.status === 202 ? [202, 409] : [200, 409])
    await untilStatus(all.platform, id, 'review', 'completed')
  })
})

describe('a dry run', () => {
  test('a dry run can be rechecked and still writes nothing', async () => {
    const id = await upload(fileOf('', ''), { dryRun: true })
    expect((await untilStatus(all.platform, id, 'completed')).plan).toMatchObject({ create: 2 })
    expect((await revalidate(id)).status).toBe(202)
    expect((await untilStatus(all.platform, id, 'completed')).plan).toMatchObject({ create: 2 })
    expect(await checks(id)).toBe(2)
    expect(await outcomes(id)).toBe(0)
  })
})

describe('the report to the starter of an import', () => {
  test('the report of an import is sent as a separate message after each ending', async () => {
    const client = world.as(await world.key(null, { contact: 'office@people.example' }))
    const title = fresh('Noted')
    const id = await upload(fileOf(title), {}, client)
    await untilStatus(client, id, 'rejected')
    const temporal = await world.deps.temporal()
    await temporal.workflow.getHandle(`import-${id}`).result()
    await temporal.workflow.getHandle(`import-report-${id}`).result()
    await teach(id, title)
    await revalidate(id, client)
    await untilStatus(client, id, 'completed')
    await temporal.workflow.getHandle(`import-${id}`).result()
    await temporal.workflow.getHandle(`import-report-${id}-2`).result()
    const notes = sink.journal.filter(({ to }) => to.includes('office@people.example'))
    expect(notes.map((note) => /not known/.test(textOf(note)))).toEqual([true, false])
    expect(new Set(notes.map(({ messageId }) => messageId)).size).toBe(2)
  })
})

describe('a recheck without an answer', () => {
  test('a recheck is rejected after the timeout if no worker runs, and leaves the import unchanged', async () => {
    const id = await rejected(fresh('Nobody'))
    await stopWorker(worker)
    expect(await revalidate(id)).toMatchObject({ status: 503, body: { code: 'worker-unavailable' } })
    expect((await all.platform.get(`/v1/imports/${id}`)).body.status).toBe('rejected')
    worker = await startWorker(world)
    const temporal = await world.deps.temporal()
    await temporal.workflow.getHandle(`import-${id}`).result()
    await untilStatus(all.platform, id, 'rejected')
    expect((await revalidate(id)).status).toBe(202)
    await untilStatus(all.platform, id, 'rejected')
  })

  test('a recheck is rejected if Temporal is down, and changes nothing', async () => {
    const id = await rejected(fresh('Away'))
    const away = lazyTemporal({ TEMPORAL_ADDRESS: NOWHERE, TEMPORAL_NAMESPACE: 'default' })
    const { createApp } = await import('../../../../api/app.ts')
    const alone = createApp({ ...world.deps, temporal: away.client, decisionTimeoutMs: 1_000 })
    const key = await world.key()
    const answer = await alone.request(`/v1/imports/${id}/revalidate`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${key}` },
    })
    expect(answer.status).toBe(503)
    expect(await answer.json()).toMatchObject({ code: 'temporal-unavailable' })
    expect(await checks(id)).toBe(1)
    await away.close()
  })
})
