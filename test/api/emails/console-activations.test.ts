import { afterAll, beforeAll, expect, test } from 'vitest'
import { apiWorld, type World } from '../../support/api-world.ts'
import { twoCompanies } from '../../support/catalogue.ts'

let world: World
let all: Awaited<ReturnType<typeof twoCompanies>>

beforeAll(async () => {
  world = await apiWorld(import.meta.url)
  all = await twoCompanies(world)
})
afterAll(() => world.close())

const recipients = async (mailing: string | null) => {
  const rows = await world.db
    .selectFrom('outbox')
    .innerJoin('people', 'people.id', 'outbox.person_id')
    .where('mailing_id', '=', mailing ?? '')
    .select('people.email')
    .orderBy('people.email')
    .execute()
  return rows.map(({ email }) => email)
}
const send = (body: object, client = all.platform) => client.post('/v1/activations', body)

test('all users that match a search get an activation e-mail, except active users and other companies', async () => {
  const { company } = all.blue
  const one = (kind: string, email: string, more: object = {}) =>
    all.made(kind, { email, firstName: 'Wilma', company, ...more })
  await one('users', 'pending@example.com')
  await one('invitations', 'invited@example.com', { sendEmail: false })
  const active = await one('users', 'active@example.com')
  const disabled = await one('users', 'disabled@example.com', { enabled: false })
  await one('users', 'other@example.com', { company: all.red.company })
  await world.db.updateTable('users').set({ activated_at: new Date() }).where('id', '=', active).execute()

  const own = await send({ all: { q: 'wil' } }, all.blue.client)
  expect(own).toMatchObject({
    status: 202,
    body: { queued: 2, skippedTotal: 1, skipped: [{ user: disabled, reason: 'user-disabled' }] },
  })
  expect(await recipients(own.body.mailing)).toEqual(['invited@example.com', 'pending@example.com'])

  const invited = await send({ all: { q: 'wilma', status: 'invited' } })
  expect(await recipients(invited.body.mailing)).toEqual(['invited@example.com'])
  const red = await send({ all: { company: all.red.company } })
  expect(await recipients(red.body.mailing)).toEqual([all.red.email, 'other@example.com'].sort())
  expect((await send({ all: { company: all.red.company } }, all.blue.client)).status).toBe(404)
  const without = await send({ all: { company: all.red.company }, except: [all.red.user.toUpperCase()] })
  expect(await recipients(without.body.mailing)).toEqual(['other@example.com'])
  const nobody = await send({ all: { q: 'nobody' } })
  expect(nobody.body).toEqual({ mailing: null, queued: 0, skipped: [], skippedTotal: 0 })
  expect((await send({ all: { name: 'x' } })).status).toBe(422)
})
