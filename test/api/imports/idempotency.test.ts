import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { apiWorld, type World } from '../../support/api-world.ts'

let world: World
let client: ReturnType<World['as']>

beforeAll(async () => {
  world = await apiWorld(import.meta.url)
  client = world.as(await world.key())
})
afterAll(() => world.close())

const CSV = 'enabled,name,email,companyName,languageCode\n1,Ada,ada@example.com,Blue Harbour,en-GB\n'
const count = async (table: 'imports' | 'files') =>
  (
    await world.db
      .selectFrom(table)
      .select(({ fn }) => fn.countAll<number>().as('n'))
      .executeTakeFirstOrThrow()
  ).n

describe('an Idempotency-Key', () => {
  test('an Idempotency-Key returns the same import for the same request, however its options are written', async () => {
    const key = { 'Idempotency-Key': 'one' }
    const first = await client.upload(CSV, { options: '{"review":true,"existing":"skip"}' }, key)
    const again = await client.upload(CSV, { options: '{"review":true}', template: 'onboarding' }, key)
    expect([first.status, again.status]).toEqual([202, 202])
    expect(again.body.id).toBe(first.body.id)
    expect([first.headers.get('Idempotency-Replayed'), again.headers.get('Idempotency-Replayed')]).toEqual([
      null,
      'true',
    ])
  })

  test.each([
    ['another file', `${CSV}1,Zoë,zoe@example.com,Blue Harbour,hu-HU\n`, {}],
    ['other options', CSV, { options: '{"existing":"update"}' }],
    ['another way to read it', CSV, { delimiter: 'semicolon', encoding: 'windows-1252' }],
  ])('a reused Idempotency-Key is rejected with %s', async (_, text, fields) => {
    const key = { 'Idempotency-Key': `two-${Object.keys(fields).join()}` }
    await client.upload(CSV, {}, key)
    const before = [await count('imports'), await count('files')]
    const answer = await client.upload(text, fields as Record<string, string>, key)
    expect(answer).toMatchObject({ status: 422, body: { code: 'idempotency-key-reused' } })
    expect([await count('imports'), await count('files')]).toEqual(before)
  })

  const password = (text: string, more = {}) => ({
    options: JSON.stringify({ passwords: { default: text, set: 'default' }, ...more }),
  })

  test('an Idempotency-Key distinguishes default passwords, although no password is stored', async () => {
    const key = { 'Idempotency-Key': 'password' }
    const first = await client.upload(CSV, password('gravel-Ziegel-4411'), key)
    const again = await client.upload(CSV, password('gravel-Ziegel-4411', { sendEmails: true }), key)
    expect([first.status, again.status, again.body.id]).toEqual([202, 202, first.body.id])
    const other = await client.upload(CSV, password('gravel-Ziegel-4412'), key)
    expect(other).toMatchObject({ status: 422, body: { code: 'idempotency-key-reused' } })
  })

  test('an Idempotency-Key returns the same import for the same mapping in another order, and rejects another mapping', async () => {
    const key = { 'Idempotency-Key': 'mapping' }
    const send = (mapping: object, more = {}) =>
      client.upload(CSV, { template: 'none', mapping: JSON.stringify(mapping), ...more }, key)
    const first = await send({ email: 'Mail', firstName: 'Name' })
    const again = await send({ firstName: 'Name', email: 'Mail' })
    expect([first.status, again.status, again.body.id]).toEqual([202, 202, first.body.id])
    const other = await send({ email: 'Name', firstName: 'Mail' })
    expect(other).toMatchObject({ status: 422, body: { code: 'idempotency-key-reused' } })
  })

  test('an Idempotency-Key returns its import even if a record that the request names was deleted', async () => {
    const key = { 'Idempotency-Key': 'gone' }
    const group = await client.post('/v1/groups', { name: 'Spring' })
    const options = JSON.stringify({ groups: [group.body.id] })
    const first = await client.upload(CSV, { options }, key)
    expect((await client.delete(`/v1/groups/${group.body.id}`)).status).toBe(204)
    const again = await client.upload(CSV, { options }, key)
    expect([again.status, again.body.id]).toEqual([202, first.body.id])
    expect((await client.upload(CSV, { options })).status).toBe(422)
  })

  test('an Idempotency-Key belongs to its API key', async () => {
    const other = world.as(await world.key())
    const key = { 'Idempotency-Key': 'three' }
    const [mine, theirs] = [await client.upload(CSV, {}, key), await other.upload(CSV, {}, key)]
    expect(theirs.body.id).not.toBe(mine.body.id)
  })

  test.each(['', 'with space', 'ünicode', 'x'.repeat(256)])(
    'an Idempotency-Key must have 1 to 255 visible ASCII characters, and not %j',
    async (key) => {
      const headers = new Headers()
      headers.set('Idempotency-Key', encodeURI(key) === key || key === '' ? key : Buffer.from(key).toString('latin1'))
      const answer = await client.upload(CSV, {}, Object.fromEntries(headers))
      expect(answer).toMatchObject({ status: 422, body: { code: 'invalid-idempotency-key' } })
    },
  )

  test('an Idempotency-Key creates one import, one workflow and one file for fifty simultaneous requests', async () => {
    const before = [await count('imports'), await count('files')] as [number, number]
    const key = { 'Idempotency-Key': 'fifty' }
    const answers = await Promise.all(Array.from({ length: 50 }, () => client.upload(CSV, {}, key)))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]))
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1)
    expect(answers.filter(({ headers }) => headers.get('Idempotency-Replayed') === null)).toHaveLength(1)
    expect([await count('imports'), await count('files')]).toEqual([before[0] + 1, before[1] + 1])
  })
})
