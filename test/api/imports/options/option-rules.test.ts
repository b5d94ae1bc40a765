import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { optionRules } from '../../../../domain/imports/option-rules/index.ts'
import { type OptionsWorld, optionsWorld, PASSWORD } from './options-world.ts'

let world: OptionsWorld

beforeAll(async () => {
  world = await optionsWorld(import.meta.url)
})
afterAll(() => world.close())

const CSV = 'whatever\n1\n'

interface Request {
  as?: 'platform' | 'withContact' | 'both' | 'blue'
  template?: string
  mapping?: Record<string, string>
  saveMapping?: string
  options?: object
}

/** The fields that every mapping must name. */
const least = { email: 'Mail', firstName: 'Vorname' }

/** A request with only this contradiction. */
const cases: Record<string, () => Request> = {
  'permission-set-required': () => ({ template: 'team' }),
  'company-required': () => ({ as: 'both', template: 'team', options: { permissionSet: world.permissionSet } }),
  'default-password-required': () => ({ options: { passwords: { set: 'default' } } }),
  'default-password-unused': () => ({ options: { passwords: { default: PASSWORD } } }),
  'invited-choose-passwords': () => ({ options: { mode: 'invite', passwords: { set: 'generate' } } }),
  'invitation-updates-no-password': () => ({
    options: { mode: 'invite', existing: 'update', passwords: { updateExisting: true } },
  }),
  'no-password-to-update': () => ({ options: { existing: 'update', passwords: { updateExisting: true } } }),
  'skipped-keep-passwords': () => ({ options: { passwords: { set: 'generate', updateExisting: true } } }),
  'generated-passwords-need-emails': () => ({ options: { passwords: { set: 'generate' }, sendEmails: false } }),
  'message-without-emails': () => ({ options: { message: 'Welcome', sendEmails: false } }),
  'delivery-without-emails': () => ({ as: 'withContact', options: { deliverTo: 'importer', sendEmails: false } }),
  'importer-without-address': () => ({ options: { deliverTo: 'importer' } }),
  'skipped-keep-values': () => ({ options: { blankCells: 'clear' } }),
  'nothing-to-enrol-into': () => ({
    template: 'team',
    options: { permissionSet: world.permissionSet, enrolExisting: true },
  }),
  'skipped-keep-groups': () => ({ options: { groups: [world.group], groupsMode: 'remove' } }),
  'no-groups-named': () => ({ options: { existing: 'update', groupsMode: 'replace' } }),
  'group-made-to-be-left': () => ({
    template: 'invitation',
    options: { unknownGroups: 'create', groupsMode: 'remove' },
  }),
  'no-groups-to-make': () => ({ options: { unknownGroups: 'create' } }),
  'groups-need-platform-key': () => ({ as: 'blue', template: 'invitation', options: { unknownGroups: 'create' } }),
  'nothing-to-confirm': () => ({ options: { dryRun: true, review: true } }),
  'no-mapping-to-save': () => ({ template: 'none', saveMapping: 'true', options: { company: world.blue.company } }),
  'mapping-of-no-company': () => ({ template: 'none', mapping: least, saveMapping: 'true' }),
}

function clientOf({ as = 'platform' }: Request) {
  return as === 'blue' ? world.blue.client : world[as]
}

function send(request: Request) {
  const { template = 'onboarding', mapping, saveMapping, options = {} } = request
  return clientOf(request).upload(CSV, {
    template,
    options: JSON.stringify(options),
    ...(mapping ? { mapping: JSON.stringify(mapping) } : {}),
    ...(saveMapping ? { saveMapping } : {}),
  })
}

describe('contradictory options', () => {
  test('every option rule has a test case', () => {
    expect(Object.keys(cases).sort()).toEqual(optionRules.map(({ code }) => code).sort())
  })

  test.each(Object.keys(cases))('contradictory options are rejected with their reason only: %s', async (code) => {
    const { status, body } = await send((cases[code] as () => Request)())
    const row = optionRules.find((each) => each.code === code)
    expect(status).toBe(422)
    expect(body.code).toBe(code === 'permission-set-required' ? code : 'invalid-options')
    expect(body.errors).toEqual([{ option: row?.option, code, message: row?.message }])
    expect(body.detail).toBe(`${row?.option}: ${row?.message}`)
  })

  test('all contradictions are reported at once, and a missing permission set keeps its code', async () => {
    const options = { sendEmails: false, message: 'Hi', passwords: { set: 'generate' }, dryRun: true, review: true }
    const { status, body } = await send({ template: 'team', options })
    expect([status, body.code]).toEqual([422, 'permission-set-required'])
    expect(body.errors.map((error: { code: string }) => error.code)).toEqual([
      'permission-set-required',
      'generated-passwords-need-emails',
      'message-without-emails',
      'nothing-to-confirm',
    ])
  })

  const sensible: [string, () => Request][] = [
    ['a company for a template without that column', () => ({ ...team('both', { company: world.red.company }) })],
    ['the only company of a key needs not be named', () => team('blue', {})],
    ['people of no company, by a platform-wide key', () => team('platform', {})],
    ['an invitation without an e-mail, to be sent later', () => ({ options: { mode: 'invite', sendEmails: false } })],
    [
      'enrolExisting where everybody is enrolled anyway',
      () => ({ options: { existing: 'update', enrolExisting: true } }),
    ],
    ['enrolExisting for titles of a mapping', () => none({ ...least, 'title 1': 'Kurs' }, { enrolExisting: true })],
    [
      'enrolExisting for enrol alone',
      () => team('platform', { enrolExisting: true, enrol: { collections: [world.collection] } }),
    ],
    ['forceReset that has no effect', () => ({ options: { passwords: { forceReset: false } } })],
    ['generated passwords to the importer', () => ({ as: 'withContact', options: toImporter })],
    ['groups of the file to leave', () => none({ ...least, groups: 'Gruppen' }, { ...update, groupsMode: 'remove' })],
    ['groups of the option to leave', () => ({ options: { ...update, groups: [world.group], groupsMode: 'remove' } })],
    ['groups of the file to make', () => none({ ...least, groups: 'Gruppen' }, { unknownGroups: 'create' })],
    ['a company for rows that all name one', () => ({ options: { company: world.blue.company } })],
    ['one password for all, and no e-mails', () => ({ options: { passwords: one, sendEmails: false } })],
    ['a new password for everybody', () => ({ options: { ...update, passwords: { ...one, updateExisting: true } } })],
  ]
  const update = { existing: 'update' }
  const one = { set: 'default', default: PASSWORD }
  const toImporter = { deliverTo: 'importer', passwords: { set: 'generate' } }
  const none = (mapping: Record<string, string>, options: object): Request => ({ template: 'none', mapping, options })
  const team = (as: Request['as'], options: object): Request => ({
    ...(as ? { as } : {}),
    template: 'team',
    options: { permissionSet: world.permissionSet, ...options },
  })

  test.each(sensible)('this combination of options is accepted: %s', async (_, request) => {
    const { status, body } = await send(request())
    expect([status, body.errors]).toEqual([202, undefined])
  })

  test.each([
    ['groups', { groupsMode: 'remove', existing: 'update' }, 'no-groups-named'],
    ['titles', { enrolExisting: true }, 'nothing-to-enrol-into'],
    ['groups to make', { unknownGroups: 'create' }, 'no-groups-to-make'],
  ])(
    'options are checked with the mapped columns, not with all columns of the template: %s',
    async (_, options, code) => {
      const { status, body } = await send(none(least, options))
      expect([status, body.errors]).toEqual([422, [expect.objectContaining({ code })]])
    },
  )

  test('a mapping without a company column counts as a file without one', async () => {
    const { body } = await send({ as: 'both', ...none(least, {}) })
    expect(body.errors).toEqual([expect.objectContaining({ code: 'company-required', option: 'company' })])
    expect(await send({ as: 'both', ...none({ ...least, company: 'Firma' }, {}) })).toMatchObject({ status: 202 })
  })
})
