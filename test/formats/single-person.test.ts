import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type FormatsWorld, formatsWorld } from './world.ts'

let world: FormatsWorld
const ids: Record<string, string> = {}

beforeAll(async () => {
  world = await formatsWorld(import.meta.url)
  ids.group = await world.made('groups', { name: 'Night shift' })
  ids.permissionSet = await world.made('permission-sets', { name: 'Learner' })
  ids.basics = await world.made('collections', { name: 'Basics', courses: [world.blue.course] })
})
afterAll(() => world.close())

const kinds: [string, string][] = [
  ['invited', '/v1/invitations'],
  ['created', '/v1/users'],
]

describe.each(kinds)('a single person can be %s', (kind, path) => {
  const email = `mira.${kind}@single.example`
  const fields = () => ({
    firstName: 'Mira',
    company: world.blue.company,
    groups: [ids.group],
    label: 'VIP',
    permissionSet: ids.permissionSet,
    language: 'de',
  })
  const status = kind === 'invited' ? 'invited' : 'pending'

  test('one user is added with address, company, groups, label, permission set, language and message', async () => {
    const more = { enrol: { collections: [ids.basics] }, message: 'Bis Montag!', sendEmail: true }
    const made = await world.office.post(path, { email, ...fields(), ...more })
    expect(made).toMatchObject({ status: 201, body: { email, ...fields(), status, courses: [world.blue.course] } })
    const { text, link } = await world.untilMail(email)
    expect(text).toContain('Bis Montag!')
    expect(await (await world.open(link)).text()).toContain('<html lang="de">')
    expect((await world.complete(link)).status).toBe(200)
    expect(await world.person(email)).toEqual({
      ...made.body,
      status: 'active',
      activatedAt: expect.stringMatching(/Z$/),
    })
  })

  test('one user is checked by the rules of a row, and an invalid value creates no user', async () => {
    const before = await world.everybody()
    const wrong = await world.office.post(path, { ...fields(), email: 'nobody at home', language: 'klingonese' })
    expect(wrong.status).toBe(422)
    expect(wrong.body.errors).toMatchObject([
      { path: 'email', code: 'invalid-email' },
      { path: 'language', code: 'invalid-language' },
    ])
    const twice = await world.office.post(path, { ...fields(), email: email.toUpperCase() })
    expect(twice).toMatchObject({ status: 409, body: { code: 'already-exists' } })
    expect(await world.everybody()).toEqual(before)
  })
})
