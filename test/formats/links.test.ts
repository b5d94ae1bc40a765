import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { csv, person } from '../support/people.ts'
import { type FormatsWorld, formatsWorld, OFFICE, PASSWORD } from './world.ts'

let world: FormatsWorld
let importId: string

beforeAll(async () => {
  world = await formatsWorld(import.meta.url)
  const rows = [1, 2, 3].map((n) => person(n, { 'module requested 1': 'Safety at Blue Harbour' }))
  const file = csv([...rows, person(4, { enabled: '7' }), person(5, { email: world.blue.email })])
  importId = (await world.imported(file, { template: 'onboarding' })).id
})
afterAll(() => world.close())

const address = (n: number) => `quillon.${n}@people.example`
const linkOf = (n: number) => world.links(address(n))[0] as string
const of = (n: number) => world.person(address(n))

/** Lets time pass for everything that was sent to one address. The database clock decides what has expired. */
async function pass(n: number, time: string) {
  const { id } = await of(n)
  await sql`UPDATE activation_links SET expires_at = expires_at - ${time}::interval WHERE person_id = ${id}`.execute(
    world.db,
  )
  await sql`UPDATE outbox SET sent_at = sent_at - ${time}::interval, created_at = created_at - ${time}::interval
    WHERE person_id = ${id}`.execute(world.db)
}

describe('an activation link', () => {
  test('completing the form uses up a link, once, and opening the link does not', async () => {
    const link = linkOf(1)
    for (const method of ['GET', 'HEAD', 'GET', 'HEAD', 'GET']) {
      expect((await world.open(link, method)).status, method).toBe(200)
    }
    expect(await (await world.open(link)).text()).toContain('type="password"')
    expect((await world.complete(link, 'short')).status).toBe(422)
    expect((await of(1)).status).toBe('pending')
    expect((await world.complete(link)).status).toBe(200)
    expect((await of(1)).status).toBe('active')
    const second = await world.complete(link, `another ${PASSWORD}`)
    expect(second.status).toBe(409)
    expect(await second.text()).toContain('already active')
  })

  test('a link is valid for 48 hours after its e-mail was sent, and an expired link says so and offers a new one', async () => {
    const link = linkOf(2)
    await pass(2, '47 hours 59 minutes')
    expect((await world.open(link)).status).toBe(200)
    await pass(2, '1 minute')
    const expired = await world.open(link)
    const page = await expired.text()
    expect(expired.status).toBe(410)
    expect(page).toContain('Shall we send you a new one?')
    expect((await world.complete(link)).status).toBe(410)
    expect((await of(2)).status).toBe('pending')

    const renew = new URL(/<form[^>]*action="([^"]+)"/.exec(page)?.[1] ?? '', link).pathname
    const body = new URLSearchParams({ language: 'en' })
    expect((await world.app.request(renew, { method: 'POST', body })).status).toBe(200)
    const newer = await world.untilMail(address(2), 2)
    expect(newer.link).not.toBe(link)
    expect((await world.complete(newer.link)).status).toBe(200)
    expect((await of(2)).status).toBe('active')
  })
})

test('the administrator who started an import gets an e-mail with the counts and a link to the results when it ends', async () => {
  const { text } = await world.untilMail(OFFICE)
  const counts = ['Created: 3', 'Changed: 0', 'Unchanged: 1', 'With errors: 1', 'Course assignments: 3']
  expect(text.split(/\r?\n/)).toEqual(expect.arrayContaining(counts))
  expect(text).toContain(`${world.deps.config.PUBLIC_URL}/imports/${importId}`)
})

describe('collections and campaigns', () => {
  test('enrolling users in a collection or a campaign enrols them in its courses and records the reason', async () => {
    const aid = await world.made('courses', { title: 'First Aid', companies: [world.blue.company] })
    const fire = await world.made('courses', { title: 'Fire Safety', companies: [world.blue.company] })
    const basics = await world.made('collections', { name: 'Basics', courses: [aid] })
    const span = { startsAt: '2026-01-01T00:00:00.000Z', endsAt: '2099-01-01T00:00:00.000Z' }
    const spring = await world.made('campaigns', { name: 'Spring', courses: [fire], ...span })
    expect((await world.office.get(`/v1/collections/${basics}`)).body.courses).toEqual([aid])
    expect((await world.office.get(`/v1/campaigns/${spring}`)).body).toMatchObject({ courses: [fire], ...span })

    const options = { sendEmails: false, enrol: { collections: [basics], campaigns: [spring] } }
    const { id } = await world.imported(csv([person(9)]), { template: 'onboarding', options })
    const { id: user, courses } = await of(9)
    expect(courses).toEqual([aid, fire].sort())
    const reasons = await world.db
      .selectFrom('enrolments')
      .select(['course_id', 'import_id', 'collection_id', 'campaign_id'])
      .where('user_id', '=', user)
      .execute()
    expect(Object.fromEntries(reasons.map(({ course_id, ...why }) => [course_id, why]))).toEqual({
      [aid]: { import_id: id, collection_id: basics, campaign_id: null },
      [fire]: { import_id: id, collection_id: null, campaign_id: spring },
    })
  })

  test('a campaign that has ended enrols no user', async () => {
    const span = { startsAt: '2020-01-01T00:00:00Z', endsAt: '2020-02-01T00:00:00Z' }
    const over = await world.made('campaigns', { name: 'Long ago', courses: [], ...span })
    const options = { enrol: { campaigns: [over] } }
    const refused = await world.upload(csv([person(10)]), { template: 'onboarding', options })
    expect([refused.status, refused.body.errors?.[0]?.code]).toEqual([422, 'campaign-over'])
  })
})
