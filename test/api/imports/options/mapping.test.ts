import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RunningWorker } from '../../../../worker/run.ts'
import { startWorker, stopWorker, untilStatus } from '../../../support/imports.ts'
import { type OptionsWorld, optionsWorld } from './options-world.ts'

let world: OptionsWorld

beforeAll(async () => {
  world = await optionsWorld(import.meta.url)
})
afterAll(() => world.close())

const CSV = 'Mail;Vorname;Firma\nada@example.com;Ada;Blue Harbour\n'
const least = { email: 'Mail', firstName: 'Vorname' }

function upload(mapping: unknown, more: Record<string, string> = {}, client = world.platform) {
  const text = typeof mapping === 'string' ? mapping : JSON.stringify(mapping)
  return client.upload(CSV, { template: 'none', mapping: text, ...more })
}

const saved = () =>
  world.db.selectFrom('mappings').select(['company_id', 'template', 'headers', 'mapping', 'created_by']).execute()

describe('a mapping', () => {
  test('a mapping with unknown fields, repeated headers and missing fields is rejected with every problem', async () => {
    const { status, body } = await upload({
      firstName: 'Vorname',
      e_mail: 'Mail',
      'title 0': 'Kurs',
      'custom.nope': 'Ausweis',
      'custom.badge': 'Vorname',
      __proto__x: 'Firma',
    })
    expect([status, body.code]).toEqual([422, 'invalid-mapping'])
    expect(body.mapping).toEqual([
      { field: 'e_mail', header: 'Mail', reason: 'unknown-field' },
      { field: 'title 0', header: 'Kurs', reason: 'unknown-field' },
      { field: 'custom.nope', header: 'Ausweis', reason: 'unknown-field' },
      { field: 'custom.badge', header: 'Vorname', reason: 'header-used-twice' },
      { field: '__proto__x', header: 'Firma', reason: 'unknown-field' },
      { field: 'email', header: null, reason: 'missing-field' },
    ])
  })

  test.each(['{', '[]', '"email"', 'null', '7'])(
    'a mapping that is not a JSON object is rejected: %s',
    async (text) => {
      const { status, body } = await upload(text)
      expect([status, body.code, body.mapping]).toEqual([422, 'invalid-mapping', []])
    },
  )

  test('a mapping is rejected if a header is not a text that a file can contain', async () => {
    const { body } = await upload({
      ...least,
      company: 3,
      cohort: null,
      region: ['Nord'],
      label: 'a\0b',
      groups: '\ud800',
    })
    expect(body.code).toBe('invalid-mapping')
    expect(body.mapping.map(({ field }: { field: string }) => field)).toEqual([
      'company',
      'cohort',
      'region',
      'label',
      'groups',
    ])
  })

  test.each(['onboarding', 'team'])(
    'a mapping is rejected by the template %s, which has its own headers',
    async (template) => {
      const { status, body } = await upload(least, { template })
      expect([status, body.code]).toEqual([422, 'mapping-not-supported'])
    },
  )

  test('a mapping needs no company column if the company is an option', async () => {
    const people = { ...least, lastName: 'Nachname' }
    const without = await upload(people, { template: 'invitation' })
    expect(without.body.mapping).toEqual([{ field: 'company', header: null, reason: 'missing-field' }])
    const options = JSON.stringify({ company: world.blue.company })
    expect((await upload(people, { template: 'invitation', options })).status).toBe(202)
  })

  test('an empty mapping counts as no mapping', async () => {
    expect((await upload('')).body.mapping).toBeNull()
  })
})

describe('an import with a mapping and options', () => {
  let worker: RunningWorker
  beforeAll(async () => {
    worker = await startWorker(world)
  })
  afterAll(() => stopWorker(worker))

  test('an import reads the mapped columns and gives each user the values of the options', async () => {
    const file = 'Rang;Mail;Vorname;Ausweis\n1;Zoe@Example.com;Zoë;B-7\n'
    const mapping = JSON.stringify({ ...least, 'custom.badge': 'Ausweis' })
    const options = {
      company: world.blue.company,
      language: 'hu',
      permissionSet: world.permissionSet,
      groups: [world.group],
      enrol: { courses: [world.blue.course] },
      sendEmails: false,
    }
    const { body } = await world.platform.upload(file, { template: 'none', mapping, options: JSON.stringify(options) })
    const ended = await untilStatus(world.platform, body.id, 'completed', 'rejected', 'paused')
    expect(ended).toMatchObject({ status: 'completed', counts: { created: 1, assignments: 1 } })
    const { items } = (await world.platform.get('/v1/users?email=zoe@example.com')).body
    expect(items).toMatchObject([
      {
        firstName: 'Zoë',
        company: world.blue.company,
        language: 'hu',
        groups: [world.group],
        courses: [world.blue.course],
        status: 'pending',
      },
    ])
  })

  test('an import by a key of several companies creates no user without a company', async () => {
    const file = 'email,first name,company\nno.company@example.com,Nobody,\nwrong,,\nred@example.com,Red,Red Hill\n'
    const { body } = await world.both.upload(file, { template: 'none', options: '{"sendEmails":false}' })
    const ended = await untilStatus(world.both, body.id, 'completed', 'rejected', 'paused')
    expect(ended).toMatchObject({ status: 'completed', counts: { created: 1, invalid: 2 } })
    const { items } = (await world.both.get(`/v1/imports/${body.id}/rows?outcome=invalid`)).body
    const columns = items.map(({ errors }: { errors: { column: string }[] }) =>
      errors.map(({ column }) => column).sort(),
    )
    expect(columns).toEqual([['company'], ['company', 'email']])
  })
})

describe('saveMapping', () => {
  const company = (id: string) => ({ saveMapping: 'true', options: JSON.stringify({ company: id }) })

  test('saveMapping saves the mapping for the company, with the headers of the file', async () => {
    const { status } = await upload(least, company(world.red.company))
    expect(status).toBe(202)
    expect(await saved()).toEqual([
      {
        company_id: world.red.company,
        template: 'none',
        headers: ['Mail', 'Vorname', 'Firma'],
        mapping: least,
        created_by: 'test',
      },
    ])
  })

  test('saveMapping saves the mapping for the only company of the key, and saves nothing when false', async () => {
    const before = (await saved()).length
    await upload(least, { saveMapping: 'false' }, world.blue.client)
    expect(await saved()).toHaveLength(before)
    await upload(least, { saveMapping: 'true' }, world.blue.client)
    expect((await saved()).map(({ company_id }) => company_id)).toContain(world.blue.company)
  })

  test('saveMapping rejects a mapping that does not match the file, and saves neither mapping nor import', async () => {
    const before = [await saved(), await world.db.selectFrom('imports').select('id').execute()]
    const wrong = await upload({ ...least, company: 'Unternehmen' }, company(world.red.company))
    expect([wrong.status, wrong.body.mapping]).toEqual([
      422,
      [{ field: 'company', header: 'Unternehmen', reason: 'unknown-header' }],
    ])
    const fields = { template: 'none', mapping: JSON.stringify(least), ...company(world.red.company) }
    const unreadable = await world.platform.upload('%PDF-1.7 …', fields)
    expect([unreadable.status, unreadable.body.errors]).toMatchObject([422, [{ option: 'saveMapping' }]])
    expect([await saved(), await world.db.selectFrom('imports').select('id').execute()]).toEqual(before)
  })
})
