import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { apiWorld, type World } from '../../support/api-world.ts'
import { twoCompanies } from '../../support/catalogue.ts'

let world: World
let all: Awaited<ReturnType<typeof twoCompanies>>

beforeAll(async () => {
  world = await apiWorld(import.meta.url)
  all = await twoCompanies(world)
  const { company } = all.blue
  const person = (email: string, firstName: string, lastName: string) =>
    all.made('users', { email, firstName, lastName, company })
  await person('mary@example.com', 'Mary Ann', 'Łukasz')
  await person('m_x@example.com', 'Zoë', '100%')
  await all.made('invitations', { email: 'mara@example.com', firstName: 'ÉLODIE', lastName: 'Mason', company })
})
afterAll(() => world.close())

const found = async (query: string, client = all.platform) => {
  const { status, body } = await client.get(`/v1/users?${query}`)
  expect(status).toBe(200)
  return body.items.map(({ email }: { email: string }) => email).sort()
}
const search = (q: string, client = all.platform) => found(`q=${encodeURIComponent(q)}`, client)

describe('a search for users', () => {
  test.each([
    ['mar', ['mara@example.com', 'mary@example.com']],
    ['MARY', ['mary@example.com']],
    ['mary ann łuk', ['mary@example.com']],
    ['Ann Mary', ['mary@example.com']],
    ['élo', ['mara@example.com']],
    ['mason élodie', ['mara@example.com']],
    ['mason mary', []],
    ['m_', ['m_x@example.com']],
    ['100%', ['m_x@example.com']],
    ['%', []],
    ['\\', []],
  ])('a search for %j finds users and invitations by the beginnings of address and names', async (q, emails) => {
    expect(await search(q)).toEqual(emails)
  })

  test('a search finds no user outside the companies of the key', async () => {
    expect(await search('ada')).toEqual([all.blue.email, all.red.email])
    expect(await search('ada', all.red.client)).toEqual([all.red.email])
    expect(await search('mary', all.red.client)).toEqual([])
  })

  test('a search works with filters and pages', async () => {
    expect(await found('q=mar&status=invited')).toEqual(['mara@example.com'])
    expect(await found(`q=ada&company=${all.blue.company}`)).toEqual([all.blue.email])
    const first = (await all.platform.get('/v1/users?q=mar&limit=1')).body
    const second = (await all.platform.get(`/v1/users?q=mar&limit=1&cursor=${first.next}`)).body
    expect([first.items[0].id < second.items[0].id, second.next]).toEqual([true, null])
  })
})

describe('users of an import', () => {
  test('an import filter lists the users of that import, for keys that may see the import', async () => {
    const upload = async (client = all.platform) =>
      (await client.upload('email,name\n', { template: 'none', mapping: '{"email":"email","firstName":"name"}' })).body
        .id
    const [wide, own] = [await upload(), await upload(all.blue.client)]
    const touched = (import_id: string, user_id: string) =>
      world.db.insertInto('outcomes').values({ import_id, row_no: 2, outcome: 'created', user_id }).execute()
    await touched(wide, all.blue.user)
    await touched(own, all.blue.user)
    expect(await found(`import=${wide}`)).toEqual([all.blue.email])
    expect(await found(`import=${own}`, all.blue.client)).toEqual([all.blue.email])
    expect(await found(`import=${wide}`, all.blue.client)).toEqual([])
    expect(await found(`import=${own}`, all.red.client)).toEqual([])
  })
})

describe('users whose link expired', () => {
  const mail = async (
    personId: string,
    expiresAt: Date,
    more: { expired_at?: Date; state?: 'queued' | 'sent' } = {},
  ) => {
    const { state = 'sent', ...link } = more
    const { id } = await world.db
      .insertInto('outbox')
      .values({ mailing_id: crypto.randomUUID(), person_id: personId, state })
      .returning('id')
      .executeTakeFirstOrThrow()
    if (state === 'queued') return
    const token_hash = Buffer.from(`${id}`.replaceAll('-', ''), 'utf8')
    await world.db
      .insertInto('activation_links')
      .values({ id, person_id: personId, token_hash, expires_at: expiresAt, ...link })
      .execute()
  }
  const [past, future] = [new Date(Date.now() - 60_000), new Date(Date.now() + 3_600_000)]

  test('the filter for expired links lists users without a newer link, before and after the sweep', async () => {
    const person = (email: string) => all.made('users', { email, firstName: 'L', company: all.red.company })
    const [unswept, swept, renewed, onItsWay] = await Promise.all(
      ['unswept', 'swept', 'renewed', 'coming'].map((name) => person(`${name}@example.com`)),
    )
    await mail(unswept!, past)
    await mail(swept!, past, { expired_at: past })
    await mail(renewed!, past, { expired_at: past })
    await mail(renewed!, future)
    await mail(onItsWay!, past, { expired_at: past })
    await mail(onItsWay!, future, { state: 'queued' })
    expect(await found('link=expired')).toEqual(['swept@example.com', 'unswept@example.com'])
    expect(await found('link=expired&q=sw', all.red.client)).toEqual(['swept@example.com'])
    expect(await found('link=expired', all.blue.client)).toEqual([])
  })
})

describe('a list of imports', () => {
  test('the list of imports can be filtered by several statuses', async () => {
    const upload = async () =>
      (await all.platform.upload('a\n', { template: 'none', mapping: '{"email":"a","firstName":"b"}' })).body.id
    const ids = [await upload(), await upload(), await upload()]
    const states = ['paused', 'review', 'completed'] as const
    for (const [n, status] of states.entries()) {
      await world.db.updateTable('imports').set({ status }).where('id', '=', ids[n]!).execute()
    }
    const { body } = await all.platform.get('/v1/imports?status=paused,review')
    expect(body.items.map(({ id }: { id: string }) => id)).toEqual([ids[1], ids[0]])
    const wrong = await all.platform.get('/v1/imports?status=paused,lost')
    expect([wrong.status, wrong.body.code]).toEqual([422, 'invalid-request'])
  })

  test('a search for imports finds words of the file name, page by page and within the scope', async () => {
    const given = async (client: typeof all.platform, name: string): Promise<string> => {
      const mapping = encodeURIComponent('{"email":"a","firstName":"b"}')
      const path = `/v1/imports?template=none&mapping=${mapping}&name=${encodeURIComponent(name)}`
      const answer = await client.send('POST', path, { body: 'a\n', headers: { 'Content-Type': 'text/csv' } })
      expect(answer.status).toBe(202)
      return answer.body.id
    }
    const first = await given(all.platform, 'Staff of March.csv')
    const other = await given(all.blue.client, 'staff_april 50%.csv')
    const last = await given(all.platform, 'staff-march.xlsx')
    const found = async (query: string, client = all.platform) => {
      const { status, body } = await client.get(`/v1/imports?${query}`)
      expect(status).toBe(200)
      return { ids: body.items.map(({ id }: { id: string }) => id), next: body.next }
    }
    expect((await found('q=march%20STAFF')).ids).toEqual([last, first])
    expect((await found('q=staff_')).ids).toEqual([other])
    expect((await found('q=50%25')).ids).toEqual([other])
    expect((await found('q=staff', all.blue.client)).ids).toEqual([other])
    expect((await found('q=march&template=onboarding')).ids).toEqual([])
    const page = await found('q=march&limit=1')
    expect(page.ids).toEqual([last])
    expect((await found(`q=march&limit=1&cursor=${page.next}`)).ids).toEqual([first])
    expect((await all.platform.get(`/v1/imports?q=${'x'.repeat(201)}`)).status).toBe(422)
  })
})
