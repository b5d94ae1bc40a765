import { verify } from '@node-rs/argon2'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type OptionsWorld, optionsWorld, PASSWORD } from './options-world.ts'

let world: OptionsWorld

beforeAll(async () => {
  world = await optionsWorld(import.meta.url)
})
afterAll(() => world.close())

const CSV = 'whatever\n1\n'
const csv = { 'Content-Type': 'text/csv' }
const HEADER = 'Muster-Default-Password'

const withPassword = (password: string, more = {}) => ({
  options: JSON.stringify({ passwords: { set: 'default', default: password }, ...more }),
})
const setDefault = new URLSearchParams({ options: '{"passwords":{"set":"default"}}' })
const asBody = (query: URLSearchParams, headers: Record<string, string>) =>
  world.platform.send('POST', `/v1/imports?${query}`, { body: CSV, headers: { ...csv, ...headers } })

const hashOf = async (id: string) =>
  (await world.db.selectFrom('imports').select('password_hash').where('id', '=', id).executeTakeFirstOrThrow())
    .password_hash

/** Every row of every table, as text. */
async function everything(): Promise<string> {
  const tables = await sql<{ name: string }>`SELECT table_name AS name FROM information_schema.tables
    WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`.execute(world.db)
  const texts: string[] = []
  for (const { name } of tables.rows) {
    const { rows } = await sql<{ text: string }>`SELECT t::text AS text FROM ${sql.table(name)} t`.execute(world.db)
    texts.push(...rows.map(({ text }) => text))
  }
  return texts.join('\n')
}

describe('a default password', () => {
  test('a default password is stored as argon2id only and never returned', async () => {
    const { status, body } = await world.platform.upload(CSV, withPassword(PASSWORD))
    expect([status, body.options.passwords]).toEqual([202, { set: 'default', updateExisting: false, forceReset: true }])
    const hash = (await hashOf(body.id)) ?? ''
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    expect(await verify(hash, PASSWORD)).toBe(true)
    const shown = JSON.stringify([body, (await world.platform.get('/v1/imports')).body])
    expect(shown).not.toContain(PASSWORD)
    expect(shown).not.toContain(hash)
    const kept = await everything()
    expect(kept).toContain(body.id)
    expect(kept).not.toContain(PASSWORD)
  })

  test('an import without a default password stores no hash', async () => {
    const { body } = await world.platform.upload(CSV)
    expect(await hashOf(body.id)).toBeNull()
  })

  test('a default password of a file sent as the body comes in a header, in any script', async () => {
    const password = 'Zürich-ひらがな-pass 42'
    const { status, body } = await asBody(setDefault, { [HEADER]: encodeURIComponent(password) })
    expect(status).toBe(202)
    expect(await verify((await hashOf(body.id)) ?? '', password.normalize('NFKC'))).toBe(true)
  })

  test('a default password in the query, which is logged, is rejected', async () => {
    const { status, body } = await asBody(new URLSearchParams(withPassword(PASSWORD)), {})
    expect([status, body.errors[0]]).toMatchObject([422, { option: 'passwords.default', code: 'password-misplaced' }])
    expect(JSON.stringify(body)).not.toContain(PASSWORD)
  })

  test('a default password in two places or with a broken encoding is rejected', async () => {
    const twice = await world.platform.upload(CSV, withPassword(PASSWORD), { [HEADER]: 'other' })
    expect(twice.body.errors).toMatchObject([{ option: 'passwords.default', code: 'password-misplaced' }])
    const broken = await asBody(setDefault, { [HEADER]: '%E0%A4%A' })
    expect(broken.body.errors).toEqual([{ path: HEADER, message: 'expected percent-encoded UTF-8' }])
  })

  test.each([
    ['Kurz-7!', 'password-too-short'],
    ['z9'.repeat(65), 'password-too-long'],
    ['x7'.repeat(600), 'invalid-option'],
    ['passwordpassword', 'password-common'],
    ['BlueHarbour1', 'password-personal'],
  ])(
    'a default password follows the password rules and is not repeated in the response: %j',
    async (password, code) => {
      const { status, body } = await world.platform.upload(CSV, withPassword(password, { company: world.blue.company }))
      expect([status, body.code]).toEqual([422, 'invalid-options'])
      expect(body.errors).toEqual([{ option: 'passwords.default', code, message: expect.any(String) }])
      expect(JSON.stringify(body)).not.toContain(password)
    },
  )

  test('a weak default password is reported together with unknown ids', async () => {
    const { body } = await world.platform.upload(CSV, withPassword('short', { groups: [crypto.randomUUID()] }))
    expect(body.errors).toMatchObject([{ option: 'groups' }, { option: 'passwords.default' }])
  })
})
