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

const preview = (query: Record<string, string>, client = all.platform) =>
  client.get(`/v1/email-preview?${new URLSearchParams(query)}`)

test.each(['activation', 'invitation', 'password', 'welcome'])(
  'an e-mail of kind %s can be previewed',
  async (kind) => {
    const { status, body } = await preview({ kind, company: all.blue.company, message: 'See <you> soon' })
    expect(status).toBe(200)
    expect(body.subject).toContain('Blue Harbour')
    expect(body.text).toContain('See <you> soon')
    expect(body.html).toContain('See &lt;you&gt; soon')
    const { n } = await world.db
      .selectFrom('outbox')
      .select(({ fn }) => fn.countAll<number>().as('n'))
      .executeTakeFirstOrThrow()
    expect(Number(n)).toBe(0)
  },
)

test('an e-mail preview uses the requested language and the caller’s only company', async () => {
  const [english, german] = [await preview({}, all.red.client), await preview({ language: 'de' }, all.red.client)]
  expect(german.body.subject).not.toBe(english.body.subject)
  expect(german.body.subject).toContain('Red Hill')
})

test.each([{ kind: 'spam' }, { language: 'not a language' }, { company: 'x' }])(
  'an e-mail preview rejects %j',
  async (query) => {
    expect((await preview(query as Record<string, string>)).status).toBe(422)
  },
)

test('an e-mail preview rejects a company outside the caller’s scope', async () => {
  const { status, body } = await preview({ company: all.red.company }, all.blue.client)
  expect([status, body.code]).toEqual([422, 'invalid-options'])
})
