import { MockActivityEnvironment } from '@temporalio/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createParseFile } from '../../../../activities/imports/parse-file.ts'
import { createValidateRows } from '../../../../activities/imports/validate-rows.ts'
import { looseTitle } from '../../../../domain/people/title.ts'
import { apiWorld, type World } from '../../../support/api-world.ts'
import { twoCompanies } from '../../../support/catalogue.ts'

let world: World
let all: Awaited<ReturnType<typeof twoCompanies>>
const check = { parse: createParseFile, validate: createValidateRows }

beforeAll(async () => {
  // No worker runs. Each test reads and validates its import up to the phase that it needs.
  world = await apiWorld(import.meta.url, { temporal: () => Promise.reject(new Error('not here')) })
  all = await twoCompanies(world)
})
afterAll(() => world.close())

const header = 'enabled,name,email,companyName,languageCode,module requested 1'
const row = (company: string, title: string) => `1,Zoë,z.${crypto.randomUUID()}@example.com,${company},hu,${title}`

/** Uploads a file, and reads and validates it as its workflow would. */
async function checked(rows: string[], options: object = {}, client = all.platform): Promise<string> {
  const text = [header, ...rows, ''].join('\n')
  const { id } = (await client.upload(text, { options: JSON.stringify(options) })).body
  const deps = { db: world.db, pool: world.deps.pool, log: world.deps.log, searchAttributes: false }
  for (const activity of [check.parse(deps), check.validate(deps)]) {
    await new MockActivityEnvironment().run(activity as never, { importId: id })
  }
  return id
}

const blue = 'Blue Harbour'
const red = 'Red Hill'
const post = (id: string, aliases: object[], client = all.platform) =>
  client.post(`/v1/imports/${id}/aliases`, { aliases })

const known = async () => (await world.db.selectFrom('title_aliases').select('id').execute()).length
const problemOf = async (id: string) => (await all.platform.get(`/v1/imports/${id}`)).body.problem

test('an alias names its company by name or id and matches every spelling of the title', async () => {
  const id = await checked([row(blue, 'Fire'), row(blue, 'FIRE '), row(red, 'Fire'), row(blue, 'Ladder')])
  const first = await post(id, [{ title: 'Fire', company: blue, course: all.blue.course }])
  expect(first).toMatchObject({
    status: 200,
    body: {
      count: 2,
      unmatchedTitles: [
        { title: 'Fire', company: red, rows: { count: 1, first: [4] }, reason: 'unknown' },
        { title: 'Ladder', company: blue },
      ],
    },
  })
  const second = await post(id, [
    { title: 'Fire', company: all.red.company.toUpperCase(), course: all.red.course },
    { title: 'Ladder', company: all.blue.company, course: all.blue.course, once: true },
  ])
  expect(second.body).toEqual({ count: 0, unmatchedTitles: [] })
  const stored = await world.db
    .selectFrom('title_aliases')
    .selectAll()
    .orderBy('title_key')
    .orderBy('company_id')
    .execute()
  expect(stored.map((one) => [one.company_id, one.title_key, one.course_id, one.import_id, one.created_by])).toEqual([
    [all.blue.company, looseTitle('Fire'), all.blue.course, null, 'test'],
    [all.red.company, looseTitle('Fire'), all.red.course, null, 'test'],
    [all.blue.company, looseTitle('Ladder'), all.blue.course, id, 'test'],
  ])
  // The import keeps its problem until the file is checked again.
  expect((await problemOf(id)).count).toBe(4)
})

test('an alias also applies to the next file of the same company, and to no other company', async () => {
  const title = 'Slings – Basics'
  const id = await checked([row(blue, title)])
  await post(id, [{ title, company: blue, course: all.blue.course }])
  const next = await checked([row(blue, 'slings-BASICS'), row(red, title)])
  expect((await problemOf(next)).unmatchedTitles).toMatchObject([{ title, company: red }])
})

test('a request with invalid aliases names each by its index and saves none', async () => {
  const id = await checked([row(blue, 'Knots'), row(blue, 'KNOTS'), row(red, 'Knots')])
  const before = await known()
  const other = await all.made('courses', { title: 'Other knots', companies: [all.blue.company] })
  const course = all.blue.course
  const answer = await post(id, [
    { title: 'Knots', company: blue, course },
    { title: 'Knots', company: 'Nobody', course },
    { title: 'No such title', company: blue, course },
    { title: 'Knots', company: red, course },
    { title: 'KNOTS', company: blue, course: other },
    { title: 'KNOTS', company: blue, course: all.blue.company },
  ])
  expect(answer).toMatchObject({ status: 422, body: { code: 'invalid-request' } })
  expect(answer.body.errors).toEqual([
    { path: 'aliases.1.company', message: 'no row of the file names this company' },
    { path: 'aliases.2.title', message: 'the file does not contain this title for this company' },
    { path: 'aliases.3.course', message: 'this course does not exist or is not available to the company' },
    { path: 'aliases.4.title', message: 'aliases.0 names another course for this title' },
    { path: 'aliases.5.course', message: 'this course does not exist or is not available to the company' },
    { path: 'aliases.5.title', message: 'aliases.0 names another course for this title' },
  ])
  expect(await known()).toBe(before)
})

test.each([
  ['none', []],
  ['no course', [{ title: 'Knots', company: blue }]],
  ['a title that cannot be stored', [{ title: 'K\0', company: blue, course: blue }]],
  ['a title too long to be kept', [{ title: 'K'.repeat(256), company: blue, course: blue }]],
  ['a field that is not known', [{ title: 'Knots', company: blue, course: blue, forever: true }]],
])('%s is refused', async (_, aliases) => {
  const id = await checked([row(blue, 'Bowline')])
  expect(await post(id, aliases)).toMatchObject({ status: 422, body: { code: 'invalid-request' } })
})

describe('an import in review', () => {
  test('an import in review accepts an alias for a loosely matched title, but not for an exact one', async () => {
    const exact = `Safety at ${blue}`
    const loose = exact.toUpperCase()
    const id = await checked([row(blue, exact), row(blue, loose)], { review: true })
    await world.db.updateTable('imports').set({ status: 'review' }).where('id', '=', id).execute()
    const course = await all.made('courses', { title: 'Deep water', companies: [all.blue.company] })
    expect((await post(id, [{ title: exact, company: blue, course }])).body.errors).toEqual([
      { path: 'aliases.0.title', message: 'another course has exactly this title, and an exact title always wins' },
    ])
    const taught = await post(id, [{ title: loose, company: blue, course, once: true }])
    expect(taught).toMatchObject({ status: 200, body: { count: 0, unmatchedTitles: [] } })
  })
})

test.each([
  ['received', {}],
  ['completed', {}],
  ['cancelled', {}],
  ['rejected', { problem: JSON.stringify({ code: 'invalid-rows' }) }],
] as const)('an import that is %s takes no aliases', async (status, more) => {
  const id = await checked([row(blue, `Safety at ${blue}`)])
  await world.db
    .updateTable('imports')
    .set({ status, ...more })
    .where('id', '=', id)
    .execute()
  const answer = await post(id, [{ title: `Safety at ${blue}`, company: blue, course: all.blue.course }])
  expect(answer).toMatchObject({ status: 409, body: { code: 'cannot-teach' } })
})

describe('a key of some companies', () => {
  test('a limited key saves aliases for its own import, and cannot find out whether a course of another company exists', async () => {
    const { client } = all.blue
    const id = await checked([row(blue, 'Winch'), row(red, 'Winch')], {}, client)
    expect((await post(id, [{ title: 'Winch', company: blue, course: all.red.course }], client)).body.errors).toEqual([
      { path: 'aliases.0.course', message: 'this course does not exist or is not available to the company' },
    ])
    expect((await post(id, [{ title: 'Winch', company: red, course: all.red.course }], client)).body.errors).toEqual([
      { path: 'aliases.0.company', message: 'no row of the file names this company' },
    ])
    const taught = await post(id, [{ title: 'Winch', company: blue, course: all.blue.course }], client)
    expect(taught).toMatchObject({ status: 200, body: { count: 0 } })
  })

  test('a limited key gets a 404 for the aliases of an import of another company', async () => {
    const id = await checked([row(blue, 'Crane')], {}, all.blue.client)
    const aliases = [{ title: 'Crane', company: blue, course: all.red.course }]
    expect(await post(id, aliases, all.red.client)).toMatchObject({ status: 404, body: { code: 'not-found' } })
  })
})

test('two simultaneous requests for the same titles both succeed', async () => {
  const titles = Array.from({ length: 60 }, (_, n) => `Shackle ${n}`)
  const id = await checked(titles.map((title) => row(blue, title)))
  const aliases = titles.map((title) => ({ title, company: blue, course: all.blue.course }))
  const answers = await Promise.all([post(id, aliases), post(id, [...aliases].reverse())])
  expect(answers.map(({ status, body }) => [status, body.count])).toEqual([
    [200, 0],
    [200, 0],
  ])
})
