import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { apiWorld, type World } from '../../../support/api-world.ts'
import { twoCompanies } from '../../../support/catalogue.ts'

let world: World
let all: Awaited<ReturnType<typeof twoCompanies>>
let own: string
let wide: string

const past = new Date(Date.now() - 60_000)

async function upload(client = all.platform) {
  const fields = { template: 'none', mapping: '{"email":"email","firstName":"name"}' }
  return (await client.upload('email,name\n', fields)).body.id as string
}

const refusal = { code: 'mailbox-refused', reply: 550, message: 'No such user' }

beforeAll(async () => {
  world = await apiWorld(import.meta.url)
  all = await twoCompanies(world)
  wide = await upload()
  own = await upload(all.blue.client)
  const mail = (values: { person_id: string; state: 'sent' | 'failed' | 'queued'; error?: string }) =>
    world.db
      .insertInto('outbox')
      .values({ mailing_id: own, ...values, ...(values.state === 'sent' ? { sent_at: past } : {}) })
      .returning('id')
      .executeTakeFirstOrThrow()
  const { id } = await mail({ person_id: all.blue.user, state: 'sent' })
  await world.db
    .insertInto('activation_links')
    .values({ id, person_id: all.blue.user, token_hash: Buffer.alloc(32, 1), expires_at: past })
    .execute()
  await mail({ person_id: all.blue.user, state: 'failed', error: JSON.stringify(refusal) })
  await mail({ person_id: all.red.user, state: 'queued' })
})
afterAll(() => world.close())

describe('the e-mails of an import', () => {
  test('the e-mails of an import show their recipient, their state and the reply of the mail server', async () => {
    const { status, body } = await all.platform.get(`/v1/imports/${own}/emails`)
    expect(status).toBe(200)
    expect(body.items).toEqual([
      {
        id: expect.any(String),
        email: all.blue.email,
        user: all.blue.user,
        kind: 'activation',
        state: 'sent',
        createdAt: expect.stringMatching(/Z$/),
        sentAt: past.toISOString(),
        error: null,
        link: { state: 'expired', expiresAt: past.toISOString() },
      },
      expect.objectContaining({ state: 'failed', sentAt: null, error: refusal, link: null }),
      expect.objectContaining({ state: 'queued', email: all.red.email }),
    ])
    const failed = await all.platform.get(`/v1/imports/${own}/emails?state=failed`)
    expect(failed.body.items).toEqual([body.items[1]])
  })

  test('the e-mails of an import come in pages', async () => {
    const first = (await all.platform.get(`/v1/imports/${own}/emails?limit=2`)).body
    const second = (await all.platform.get(`/v1/imports/${own}/emails?limit=2&cursor=${first.next}`)).body
    expect([first.items.length, second.items.length, second.next]).toEqual([2, 1, null])
  })

  test('the e-mails of an import leave out users who moved to another company, and are not found by other companies', async () => {
    const { body } = await all.blue.client.get(`/v1/imports/${own}/emails`)
    expect(body.items[2]).toMatchObject({ email: null, user: null, state: 'queued' })
    expect(JSON.stringify(body)).not.toContain(all.red.email)
    expect((await all.red.client.get(`/v1/imports/${own}/emails`)).status).toBe(404)
    expect((await all.blue.client.get(`/v1/imports/${wide}/emails`)).status).toBe(404)
  })
})

describe('a user', () => {
  test('a user has a list of their e-mails, newest first', async () => {
    const { body } = await all.blue.client.get(`/v1/users/${all.blue.user}/emails`)
    expect(body.items.map(({ state }: { state: string }) => state)).toEqual(['failed', 'sent'])
    expect((await all.red.client.get(`/v1/users/${all.blue.user}/emails`)).status).toBe(404)
    expect((await all.red.client.get('/v1/users/nonsense/emails')).status).toBe(404)
  })

  test('a user has a list of the imports that changed them, with the replaced values, without imports outside the scope', async () => {
    const touched = (import_id: string, before: object | null) =>
      world.db
        .insertInto('outcomes')
        .values({
          import_id,
          row_no: 7,
          outcome: 'updated',
          user_id: all.blue.user,
          before: before && JSON.stringify(before),
        })
        .execute()
    await touched(wide, { firstName: 'Adda' })
    await touched(own, null)
    const { body } = await all.platform.get(`/v1/users/${all.blue.user}/imports`)
    expect(body.items.map(({ id }: { id: string }) => id)).toEqual([own, wide])
    expect(body.items[1]).toEqual({
      id: wide,
      file: 'people.csv',
      status: expect.any(String),
      startedBy: 'test',
      createdAt: expect.stringMatching(/Z$/),
      row: 7,
      outcome: 'updated',
      before: { firstName: 'Adda' },
      courses: [],
    })
    const seen = (await all.blue.client.get(`/v1/users/${all.blue.user}/imports`)).body.items
    expect(seen.map(({ id }: { id: string }) => id)).toEqual([own])
    expect((await all.red.client.get(`/v1/users/${all.blue.user}/imports`)).status).toBe(404)
  })
})
