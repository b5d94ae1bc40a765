import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { optionsSchema } from '../../../../api/imports/options/options-schema.ts'
import { defaultOptions, defaultsOf } from '../../../../domain/imports/options.ts'
import { templates } from '../../../../domain/people/templates/index.ts'
import { NOBODY, type OptionsWorld, optionsWorld } from './options-world.ts'

let world: OptionsWorld

beforeAll(async () => {
  world = await optionsWorld(import.meta.url)
})
afterAll(() => world.close())

const CSV = 'whatever\n1\n'
const csv = { 'Content-Type': 'text/csv' }

type Client = OptionsWorld['platform']

/** Both ways to send a file: a form, or the file as the body with its fields in the query. */
const forms: [string, (client: Client, fields: Record<string, string>) => ReturnType<Client['upload']>][] = [
  ['a form', (client, fields) => client.upload(CSV, fields)],
  [
    'a body',
    (client, fields) => client.send('POST', `/v1/imports?${new URLSearchParams(fields)}`, { body: CSV, headers: csv }),
  ],
]

const optionsOf = (options: object) => ({ options: JSON.stringify(options) })

/** Values to send for each option, each with the value that the API returns. */
function everyOption(): Record<string, [object, unknown][]> {
  const { group, permissionSet, collection, campaign, blue, red } = world
  const enrol = { courses: [blue.course], collections: [collection], campaigns: [campaign] }
  const passwords = { set: 'activation', updateExisting: false, forceReset: true }
  return {
    mode: [
      [{ mode: 'invite' }, 'invite'],
      [{ mode: 'create' }, 'create'],
    ],
    existing: [
      [{ existing: 'update' }, 'update'],
      [{ existing: 'skip' }, 'skip'],
    ],
    blankCells: [
      [{ blankCells: 'clear', existing: 'update' }, 'clear'],
      [{ blankCells: 'keep' }, 'keep'],
    ],
    enrolExisting: [
      [{ enrolExisting: true }, true],
      [{ enrolExisting: false }, false],
    ],
    passwords: [
      [{ passwords: { set: 'generate' } }, { ...passwords, set: 'generate' }],
      [{ passwords: { forceReset: false } }, { ...passwords, forceReset: false }],
      [
        { existing: 'update', passwords: { set: 'generate', updateExisting: true } },
        { ...passwords, set: 'generate', updateExisting: true },
      ],
      [{ passwords: {} }, passwords],
    ],
    sendEmails: [
      [{ sendEmails: false }, false],
      [{ sendEmails: true }, true],
    ],
    message: [
      [{ message: '  Willkommen\0, Zoë!  ' }, 'Willkommen, Zoë!'],
      [{ message: ' ' }, null],
      [{ message: null }, null],
    ],
    deliverTo: [
      [{ deliverTo: 'importer' }, 'importer'],
      [{ deliverTo: 'user' }, 'user'],
    ],
    enrol: [
      [{ enrol }, enrol],
      [
        { enrol: { courses: [blue.course, red.course, blue.course.toUpperCase()] } },
        { courses: [blue.course, red.course].sort(), collections: [], campaigns: [] },
      ],
      [{ enrol: { courses: [] } }, null],
      [{ enrol: null }, null],
    ],
    groups: [
      [{ groups: [group, group] }, [group]],
      [{ groups: [] }, []],
    ],
    groupsMode: [
      [{ groupsMode: 'remove', groups: [group], existing: 'update' }, 'remove'],
      [{ groupsMode: 'replace', groups: [group], existing: 'update' }, 'replace'],
      [{ groupsMode: 'add' }, 'add'],
    ],
    unknownGroups: [[{ unknownGroups: 'error' }, 'error']],
    permissionSet: [
      [{ permissionSet }, permissionSet],
      [{ permissionSet: null }, null],
    ],
    company: [
      [{ company: red.company }, red.company],
      [{ company: null }, null],
    ],
    language: [
      [{ language: 'PT-br' }, 'pt-BR'],
      [{ language: 'hu' }, 'hu'],
    ],
    invalidRows: [
      [{ invalidRows: 'reject' }, 'reject'],
      [{ invalidRows: 'skip' }, 'skip'],
    ],
    review: [
      [{ review: true }, true],
      [{ review: false }, false],
    ],
    dryRun: [
      [{ dryRun: true }, true],
      [{ dryRun: false }, false],
    ],
  }
}

describe.each(forms)('an import sent as %s', (_, send) => {
  test('an import accepts, returns and stores every option', async () => {
    const all = everyOption()
    expect(Object.keys(all).sort()).toEqual(Object.keys(defaultOptions).sort())
    for (const [name, values] of Object.entries(all)) {
      for (const [options, shown] of values) {
        const { status, body } = await send(world.withContact, optionsOf(options))
        expect([status, body.errors], JSON.stringify(options)).toEqual([202, undefined])
        const rest = Object.fromEntries(Object.entries(options).filter(([key]) => key !== name))
        expect(body.options).toEqual({ ...defaultOptions, ...rest, [name]: shown })
        const again = await world.withContact.get(`/v1/imports/${body.id}`)
        expect(again.body.options).toEqual(body.options)
      }
    }
  })

  test('an import with a platform-wide key accepts unknownGroups: create', async () => {
    const { body } = await send(world.platform, { template: 'invitation', ...optionsOf({ unknownGroups: 'create' }) })
    expect(body.options.unknownGroups).toBe('create')
  })

  test('an import stores and returns a mapping', async () => {
    const mapping = { email: 'Mail', firstName: 'Vorname', 'title 2': 'Kurs', 'custom.badge': 'Ausweis' }
    const { status, body } = await send(world.platform, { template: 'none', mapping: JSON.stringify(mapping) })
    expect([status, body.template, body.mapping]).toEqual([202, 'none', mapping])
    const { body: again } = await world.platform.get(`/v1/imports/${body.id}`)
    expect(again.mapping).toEqual(mapping)
  })

  test('an import reports every unknown option and every invalid value', async () => {
    const options = {
      emails: true,
      mode: 'maybe',
      passwords: { set: 'mine', forceRest: true },
      enrol: { course: [] },
      groups: ['spring'],
      company: 'Blue Harbour',
      language: 'english',
      review: 1,
      message: 'x'.repeat(2_001),
    }
    const { status, body } = await send(world.platform, optionsOf(options))
    expect([status, body.code]).toEqual([422, 'invalid-options'])
    const named = body.errors.map(({ option, code }: { option: string; code: string }) => [option, code])
    expect(named.sort()).toEqual([
      ['company', 'invalid-option'],
      ['emails', 'unknown-option'],
      ['enrol.course', 'unknown-option'],
      ['groups.0', 'invalid-option'],
      ['language', 'invalid-option'],
      ['message', 'invalid-option'],
      ['mode', 'invalid-option'],
      ['passwords.forceRest', 'unknown-option'],
      ['passwords.set', 'invalid-option'],
      ['review', 'invalid-option'],
    ])
  })

  test('an import reports every unknown id and a campaign that is over', async () => {
    const options = {
      groups: [NOBODY, world.group],
      permissionSet: NOBODY,
      company: NOBODY,
      enrol: { courses: [NOBODY], collections: [NOBODY], campaigns: [NOBODY, world.campaignOver] },
    }
    const { status, body } = await send(world.platform, optionsOf(options))
    expect([status, body.code]).toEqual([422, 'invalid-options'])
    expect(body.errors).toEqual([
      { option: 'company', code: 'unknown-id', message: `There is no company ${NOBODY}.` },
      { option: 'permissionSet', code: 'unknown-id', message: `There is no permission set ${NOBODY}.` },
      { option: 'groups', code: 'unknown-id', message: `There is no group ${NOBODY}.` },
      { option: 'enrol.courses', code: 'unknown-id', message: `There is no course ${NOBODY}.` },
      { option: 'enrol.collections', code: 'unknown-id', message: `There is no collection ${NOBODY}.` },
      { option: 'enrol.campaigns', code: 'unknown-id', message: `There is no campaign ${NOBODY}.` },
      { option: 'enrol.campaigns', code: 'campaign-over', message: `The campaign ${world.campaignOver} is over.` },
    ])
  })

  test('an import reports every unknown field', async () => {
    const { status, body } = await send(world.platform, { templat: 'team', option: '{}' })
    expect([status, body.code]).toEqual([422, 'invalid-request'])
    expect(body.errors).toEqual([
      { path: 'templat', message: 'this field does not exist' },
      { path: 'option', message: 'this field does not exist' },
    ])
  })

  test.each(['yes', '1', ''])('an import accepts only true or false for saveMapping, not %j', async (saveMapping) => {
    const { body } = await send(world.platform, { saveMapping })
    expect(body.errors).toEqual([{ option: 'saveMapping', code: 'invalid-option', message: 'Expected true or false.' }])
  })
})

describe('an omitted option', () => {
  test.each([...templates.keys()])('an omitted option has the default of the template %s', async (id) => {
    const template = templates.get(id)
    if (!template) throw new Error(id)
    const needed = template.requires.length > 0 ? { permissionSet: world.permissionSet } : {}
    const { body } = await world.platform.upload(CSV, { template: id, ...optionsOf(needed) })
    expect(body.options).toEqual({ ...defaultsOf(template), ...needed })
  })

  test('an omitted option is returned, so that the next import can reuse all options', async () => {
    const given = optionsOf({ mode: 'invite', groups: [world.group], enrol: { courses: [world.red.course] } })
    const { body: first } = await world.platform.upload(CSV, given)
    const { status, body: next } = await world.platform.upload(CSV, optionsOf(first.options))
    expect([status, next.options]).toEqual([202, first.options])
  })

  test('an omitted company is the only company of the key, or null for a key of several companies', async () => {
    for (const options of [{}, { company: null }]) {
      expect((await world.blue.client.upload(CSV, optionsOf(options))).body.options.company).toBe(world.blue.company)
      expect((await world.both.upload(CSV, optionsOf(options))).body.options.company).toBeNull()
    }
  })
})

describe('an id of a company outside the scope', () => {
  test('an id of a company outside the scope of the key does not exist', async () => {
    const { company, course } = world.red
    const { status, body } = await world.blue.client.upload(CSV, optionsOf({ company, enrol: { courses: [course] } }))
    expect(status).toBe(422)
    expect(body.errors).toEqual([
      { option: 'company', code: 'unknown-id', message: `There is no company ${company}.` },
      { option: 'enrol.courses', code: 'unknown-id', message: `There is no course ${course}.` },
    ])
  })

  test('an id within the scope exists, and groups, permission sets, collections and campaigns exist for every key', async () => {
    const { group, permissionSet, collection, campaign, red } = world
    const enrol = { courses: [red.course], collections: [collection], campaigns: [campaign] }
    const options = { groups: [group], permissionSet, company: red.company, enrol }
    expect(await red.client.upload(CSV, optionsOf(options))).toMatchObject({ status: 202, body: { options } })
  })
})

describe('a form', () => {
  test('a form rejects a repeated field', async () => {
    const form = new FormData()
    form.append('options', '{}')
    form.append('options', '{"dryRun":true}')
    form.append('file', new File([CSV], 'a.csv'))
    const { status, body } = await world.platform.send('POST', '/v1/imports', { body: form })
    expect([status, body.errors]).toEqual([422, [{ path: 'options', message: 'appears twice in the form' }]])
  })

  test('a form rejects options in the query', async () => {
    const form = new FormData()
    form.append('file', new File([CSV], 'a.csv'))
    const answer = await world.platform.send('POST', '/v1/imports?options={"dryRun":true}', { body: form })
    expect([answer.status, answer.body.errors]).toEqual([
      422,
      [{ path: 'options', message: 'belongs in the form, not in the URL' }],
    ])
  })

  test('a rejected form leaves no file', async () => {
    const files = () => world.db.selectFrom('files').select('id').orderBy('id').execute()
    const before = await files()
    for (const fields of [{ nope: '1' }, { saveMapping: 'x' }, optionsOf({ groups: [NOBODY] })]) {
      expect((await world.platform.upload(CSV, fields)).status).toBe(422)
    }
    expect(await files()).toEqual(before)
  })
})

describe('/openapi.json', () => {
  test('the API document describes every option and its default', async () => {
    const document = (await (await world.app.request('/openapi.json')).json()) as {
      components: { schemas: Record<string, { properties: Record<string, Described> }> }
    }
    interface Described {
      description?: string
      default?: unknown
      properties?: Record<string, Described>
    }
    const described = document.components.schemas.ImportOptions?.properties ?? {}
    expect(Object.keys(described).sort()).toEqual(Object.keys(optionsSchema.shape).sort())
    for (const [name, option] of Object.entries(described)) {
      expect(option.description, name).toBeTruthy()
      if (option.default !== undefined) expect(option.default).toEqual(defaultOptions[name as 'mode'])
      else if (!option.properties) expect(option.description, name).toContain('Default: ')
    }
    expect(Object.keys(described.passwords?.properties ?? {})).toEqual([
      'set',
      'default',
      'updateExisting',
      'forceReset',
    ])
  })
})
