import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RunningWorker } from '../../../../worker/run.ts'
import { apiWorld, type World } from '../../../support/api-world.ts'
import { twoCompanies } from '../../../support/catalogue.ts'
import { type Catalogue, peopleOf, startWorker, stopWorker, untilStatus } from '../../../support/imports.ts'
import { csv, person } from '../../../support/people.ts'
import { everyItem } from '../../people/pages.ts'

let world: World
let all: Catalogue
let worker: RunningWorker
let id: string

beforeAll(async () => {
  world = await apiWorld(import.meta.url)
  all = await twoCompanies(world)
  worker = await startWorker(world)
  const { body } = await all.platform.upload(peopleOf(all.blue), { options: '{"sendEmails":false}' })
  id = body.id
  await untilStatus(all.platform, id, 'completed')
})
afterAll(async () => {
  await stopWorker(worker)
  await world.close()
})

const rowsOf = async (query = '') => (await all.platform.get(`/v1/imports/${id}/rows${query}`)).body

describe('the rows of an import', () => {
  test('the rows of an import have their outcome, user, enrolments and errors', async () => {
    const { items, next } = await rowsOf()
    expect(next).toBeNull()
    expect(items).toEqual([
      {
        row: 2,
        outcome: 'created',
        email: expect.stringMatching(/^zoe/),
        user: expect.any(String),
        courses: ['Safety at Blue Harbour'],
        errors: [],
      },
      { row: 3, outcome: 'skipped', email: all.blue.email, user: all.blue.user, courses: [], errors: [] },
      {
        row: 4,
        outcome: 'invalid',
        email: 'bad@example.com',
        user: null,
        courses: [],
        errors: [{ column: 'enabled', code: 'invalid-enabled', message: expect.any(String), value: '2' }],
      },
      {
        row: 5,
        outcome: 'created',
        email: expect.stringMatching(/^\+al/),
        user: expect.any(String),
        courses: [],
        errors: [],
      },
    ])
  })

  test('the rows of an import can be filtered by new enrolments', async () => {
    const { items } = await rowsOf('?with=courses')
    expect(items.map(({ row }: { row: number }) => row)).toEqual([2])
    expect((await rowsOf('?with=courses&outcome=skipped')).items).toEqual([])
  })

  test('the rows of an import show the future enrolments of invited users', async () => {
    const invited = [0, 1].map((n) => ({ name: 'Ina', email: `ina.${n}@example.com`, companyName: 'Blue Harbour' }))
    const options = JSON.stringify({ mode: 'invite', enrol: { courses: [all.blue.course] }, sendEmails: false })
    const { body } = await all.platform.upload(csv(invited.map((row, n) => person(n, row))), { options })
    await untilStatus(all.platform, body.id, 'completed')
    const list = `/v1/imports/${body.id}/rows?with=courses&limit=1`
    const seen = await everyItem<{ row: number; courses: string[] }>(all.platform, list)
    expect(seen.map(({ row, courses }) => [row, courses])).toEqual([
      [2, ['Safety at Blue Harbour']],
      [3, ['Safety at Blue Harbour']],
    ])
  })

  test('the rows of an import are found by outcome and enrolment after many rows that match only one of them', async () => {
    const people = ['ann', 'ben', 'cat'].map((name) => ({
      name,
      email: `${name}@example.com`,
      companyName: 'Blue Harbour',
    }))
    const file = (count: number) => csv(people.slice(0, count).map((row, n) => person(n, row)))
    const first = await all.platform.upload(file(2), { options: '{"sendEmails":false}' })
    await untilStatus(all.platform, first.body.id, 'completed')
    const enrol = { enrolExisting: true, enrol: { courses: [all.blue.course] }, sendEmails: false }
    const { body } = await all.platform.upload(file(3), { options: JSON.stringify(enrol) })
    await untilStatus(all.platform, body.id, 'completed')
    const found = await all.platform.get(`/v1/imports/${body.id}/rows?with=courses&outcome=created&limit=1`)
    expect(found.body.items.map(({ row }: { row: number }) => row)).toEqual([4])
  })

  test.each([
    ['created', [2, 5]],
    ['invited', []],
    ['updated', []],
    ['skipped', [3]],
    ['invalid', [4]],
  ])('the rows of an import can be filtered by the outcome %s', async (outcome, expected) => {
    const { items } = await rowsOf(`?outcome=${outcome}`)
    expect(items.map(({ row }: { row: number }) => row)).toEqual(expected)
  })

  test('the rows of an import have pages in the order of the file', async () => {
    const seen: number[] = []
    let next: string | null = null
    do {
      const page: { items: { row: number }[]; next: string | null } = await rowsOf(
        `?limit=1${next ? `&cursor=${next}` : ''}`,
      )
      seen.push(...page.items.map(({ row }) => row))
      next = page.next
    } while (next !== null)
    expect(seen).toEqual([2, 3, 4, 5])
    expect((await all.platform.get(`/v1/imports/${id}/rows?limit=1001`)).status).toBe(422)
    expect((await all.platform.get(`/v1/imports/${id}/rows?outcome=lost`)).status).toBe(422)
  })
})

describe('the result', () => {
  test('the result as JSON has a summary and three lists, and its name has a time stamp', async () => {
    const { headers, body } = await all.platform.get(`/v1/imports/${id}/result.json`)
    expect(headers.get('Content-Disposition')).toMatch(
      /^attachment; filename="import-result-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ\.json"$/,
    )
    expect(body.import.id).toBe(id)
    expect(body.summary).toEqual({ created: 2, updated: 0, skipped: 1, assignments: 1 })
    const numbers = (list: { row: number }[]) => list.map(({ row }) => row)
    expect([numbers(body.created), numbers(body.updated), numbers(body.skipped)]).toEqual([[2, 5], [], [3]])
    expect(body.created[0]).toEqual({
      row: 2,
      email: expect.stringMatching(/^zoe/),
      firstName: 'Zoë',
      lastName: 'Kovács',
      user: expect.any(String),
      courses: ['Safety at Blue Harbour'],
    })
  })

  test('the result as CSV has one row for each user and contains no formula that a spreadsheet would run', async () => {
    const { headers, body } = await all.platform.get(`/v1/imports/${id}/result.csv`)
    expect(headers.get('Content-Type')).toBe('text/csv; charset=utf-8; header=present')
    expect(headers.get('Content-Disposition')).toMatch(/filename="import-result-[\dTZ-]+\.csv"$/)
    const response = await world.app.request(`/v1/imports/${id}/result.csv`, {
      headers: { Authorization: `Bearer ${await world.key()}` },
    })
    expect(Buffer.from(await response.arrayBuffer()).subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]))
    expect(body.split('\r\n').at(-1)).toBe('')
    expect(parse(body, { bom: true, record_delimiter: '\r\n' })).toEqual([
      ['row', 'email', 'first name', 'last name', 'status', 'courses'],
      ['2', expect.stringMatching(/^zoe/), 'Zoë', 'Kovács', 'created', 'Safety at Blue Harbour'],
      ['3', all.blue.email, 'Ada', '', 'skipped', ''],
      ['5', expect.stringMatching(/^'\+al/), "'=1+1", 'O\'Neill, "Al"', 'created', ''],
    ])
  })
})

/** Reads the events of an import until its stream ends. */
async function eventsOf(importId: string, headers: Record<string, string> = {}) {
  const answer = await all.platform.get(`/v1/imports/${importId}/events`, headers)
  const blocks =
    typeof answer.body === 'string' ? answer.body.split('\n\n').filter((block) => block.includes('data:')) : []
  const events = blocks.map((block) => {
    const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1] ?? ''
    return { event: field('event'), id: field('id'), data: JSON.parse(field('data')) }
  })
  return { status: answer.status, type: answer.headers.get('Content-Type'), events }
}

describe('the events of an import', () => {
  test('the events of an import report each state until the import has ended, and repeat none after a reconnect', async () => {
    const { body } = await all.platform.upload(peopleOf(all.blue), { options: '{"sendEmails":false,"dryRun":true}' })
    const { status, type, events } = await eventsOf(body.id)
    expect([status, type]).toEqual([200, 'text/event-stream'])
    expect(new Set(events.map(({ event }) => event))).toEqual(new Set(['import']))
    expect(events.at(-1)?.data).toMatchObject({ status: 'completed', plan: { create: 2, skip: 1, invalid: 1 } })
    expect(events.at(-1)?.data).toEqual((await all.platform.get(`/v1/imports/${body.id}`)).body)
    expect(new Set(events.map((event) => event.id)).size).toBe(events.length)

    const again = await eventsOf(body.id, { 'Last-Event-ID': events.at(-1)?.id ?? '' })
    expect([again.status, again.events]).toEqual([204, []])
    const late = await eventsOf(body.id, { 'Last-Event-ID': 'something older' })
    expect(late.events.map(({ data }) => data.status)).toEqual(['completed'])
  })

  test('the events of an import end in review, and continue after it for a client that has seen the review', async () => {
    const { body } = await all.platform.upload(peopleOf(all.blue), { options: '{"sendEmails":false,"review":true}' })
    const { events } = await eventsOf(body.id)
    expect(events.at(-1)?.data.status).toBe('review')
    const more = eventsOf(body.id, { 'Last-Event-ID': events.at(-1)?.id ?? '' })
    await all.platform.post(`/v1/imports/${body.id}/confirm`)
    const states = (await more).events.map(({ data }) => data.status)
    expect(states).not.toContain('review')
    expect(states.at(-1)).toBe('completed')
  })
})

describe('the list of imports', () => {
  test('the list of imports can be filtered by status, template and company', async () => {
    const list = async (query: string) =>
      (await all.platform.get(`/v1/imports?${query}`)).body.items.map((item: { id: string }) => item.id)
    expect(await list('status=completed&template=onboarding')).toContain(id)
    expect(await list('company=Blue%20Harbour')).toContain(id)
    expect(await list('company=Red%20Hill')).toEqual([])
    expect(await list('status=failed')).toEqual([])
    expect(await list('template=team')).toEqual([])
  })
})
