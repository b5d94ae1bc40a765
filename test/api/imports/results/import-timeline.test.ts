import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RunningWorker } from '../../../../worker/run.ts'
import { apiWorld, type World } from '../../../support/api-world.ts'
import { twoCompanies } from '../../../support/catalogue.ts'
import { type Catalogue, peopleOf, startWorker, stopWorker, untilStatus } from '../../../support/imports.ts'

let world: World
let worker: RunningWorker
let all: Catalogue

beforeAll(async () => {
  world = await apiWorld(import.meta.url)
  all = await twoCompanies(world)
  worker = await startWorker(world)
})
afterAll(async () => {
  await stopWorker(worker)
  await world.close()
})

const timeline = async (id: string, client = all.platform) => {
  const { status, body } = await client.get(`/v1/imports/${id}/timeline`)
  expect(status).toBe(200)
  return body.items as { at: string; what: string; by: string | null; detail: Record<string, unknown> | null }[]
}
const told = async (id: string) => (await timeline(id)).map(({ what, by }) => (by === null ? what : `${what} by ${by}`))
const upload = async (text: string, options: object) =>
  (await all.platform.upload(text, { options: JSON.stringify({ sendEmails: false, ...options }) })).body.id as string

test('the time line lists the events of an import and who decided them', async () => {
  const id = await upload(peopleOf({ email: all.blue.email, course: '' }), { review: true })
  await untilStatus(all.platform, id, 'review')
  const mira = world.as(await world.key(null, { name: 'Mira' }))
  expect((await mira.post(`/v1/imports/${id}/revalidate`)).status).toBe(202)
  await untilStatus(all.platform, id, 'review')
  const pia = world.as(await world.key(null, { name: 'Pia' }))
  expect((await pia.post(`/v1/imports/${id}/confirm`)).status).toBe(200)
  await untilStatus(all.platform, id, 'completed')
  const check = ['read', 'checked']
  const end = ['confirmed by Pia', 'applied', 'completed']
  expect(await told(id)).toEqual(['received by test', ...check, 'checked-again by Mira', ...check, ...end])
  const items = await timeline(id)
  expect(items[1]).toMatchObject({ at: expect.stringMatching(/Z$/), detail: { records: 4 } })
  expect(items[2]).toMatchObject({ detail: { plan: { create: 2, invalid: 1 } } })
  expect([...items].sort((a, b) => (a.at < b.at ? -1 : 1))).toEqual(items)
})

test('the time line names who cancelled, and leaves out a rejected decision', async () => {
  const id = await upload(peopleOf({ email: all.blue.email, course: '' }), { review: true })
  await untilStatus(all.platform, id, 'review')
  expect((await all.platform.post(`/v1/imports/${id}/resume`)).status).toBe(409)
  await world.as(await world.key(null, { name: 'Kim' })).post(`/v1/imports/${id}/cancel`)
  await untilStatus(all.platform, id, 'cancelled')
  expect(await told(id)).toEqual(['received by test', 'read', 'checked', 'cancelled by Kim'])
})

test('the time line shows why a file was rejected and who saved aliases', async () => {
  const text = peopleOf({ email: all.blue.email, course: '' }).replaceAll('Safety at Blue Harbour', 'Saftey 1')
  const id = await upload(text, {})
  await untilStatus(all.platform, id, 'rejected')
  const alias = { title: 'Saftey 1', company: all.blue.company, course: all.blue.course, once: true }
  expect((await all.platform.post(`/v1/imports/${id}/aliases`, { aliases: [alias] })).status).toBe(200)
  const items = await timeline(id)
  expect(items.map(({ what }) => what)).toEqual(['received', 'read', 'rejected', 'taught'])
  expect(items[2]).toMatchObject({ by: null, detail: { code: 'unmatched-titles' } })
  expect(items[3]).toMatchObject({ by: 'test', detail: { titles: 1 } })
})

test('the transactions that pause and resume an import record both in the time line', async () => {
  const id = await upload('email\n', { review: true })
  await untilStatus(all.platform, id, 'rejected')
  const set = (values: { status: 'paused' | 'applying'; problem: string | null; decision?: string }) =>
    world.db
      .updateTable('imports')
      .set({ phase: 'apply', ...values })
      .where('id', '=', id)
      .execute()
  await set({ status: 'paused', problem: JSON.stringify({ code: 'course-withdrawn', title: 'A course is gone' }) })
  await set({ status: 'applying', problem: null, decision: JSON.stringify({ resume: 'Lee' }) })
  const items = (await timeline(id)).slice(-2)
  expect(items).toMatchObject([
    { what: 'paused', by: null, detail: { code: 'course-withdrawn', title: 'A course is gone' } },
    { what: 'resumed', by: 'Lee' },
  ])
})

test('the time line has pages and is not found by another company', async () => {
  const id = await upload(peopleOf({ email: all.blue.email, course: '' }), { review: true })
  expect((await all.blue.client.get(`/v1/imports/${id}/timeline`)).status).toBe(404)
  await untilStatus(all.platform, id, 'review')
  const first = (await all.platform.get(`/v1/imports/${id}/timeline?limit=2`)).body
  const second = (await all.platform.get(`/v1/imports/${id}/timeline?limit=2&cursor=${first.next}`)).body
  expect([first.items.length, second.items.map(({ what }: { what: string }) => what), second.next]).toEqual([
    2,
    ['checked'],
    null,
  ])
})
