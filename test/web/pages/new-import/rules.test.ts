import { describe, expect, test } from 'vitest'
import { brokenRules } from '../../../../domain/imports/option-rules/index.ts'
import type { ImportOptions } from '../../../../domain/imports/options.ts'
import { none, onboarding, type Template, team } from '../../../../domain/people/templates/index.ts'
import type { FullOptions } from '../../../../web/pages/new-import/choices/options.ts'
import { missingChoices, ruledOut, type Situation, settled } from '../../../../web/pages/new-import/choices/rules.ts'

/** A file, the template that it is read with, and the caller who imports it. */
interface Place {
  template: Template
  /** Header by field, for the columns of the file. */
  mapping: Record<string, string>
  /** Null is a platform administrator. */
  companies: string[] | null
}

const callers = { 'of the platform': null, 'of one company': ['blue'], 'of several': ['blue', 'red'] }
const NOTHING = { courses: [], collections: [], campaigns: [] }

/** What one choice on the page can set. */
type Act = Record<string, unknown>
const acts: readonly Act[][] = [
  [{ mode: 'create' }, { mode: 'invite' }],
  [{ existing: 'update' }, { existing: 'skip' }],
  [{ blankCells: 'keep' }, { blankCells: 'clear' }],
  [{ enrolExisting: false }, { enrolExisting: true }],
  [{ set: 'activation' }, { set: 'generate' }, { set: 'default' }],
  [{ updateExisting: false }, { updateExisting: true }],
  [{ sendEmails: true }, { sendEmails: false }],
  [{ message: null }, { message: 'Welcome' }],
  [{ deliverTo: 'user' }, { deliverTo: 'importer' }],
  [{ enrol: NOTHING }, { enrol: { ...NOTHING, campaigns: ['spring'] } }],
  [{ groups: [] }, { groups: ['night'] }],
  [{ groupsMode: 'add' }, { groupsMode: 'remove' }, { groupsMode: 'replace' }],
  [{ unknownGroups: 'error' }, { unknownGroups: 'create' }],
]
const usual = {
  permissionSet: null,
  company: null,
  language: 'en',
  invalidRows: 'skip',
  passwords: { forceReset: true },
}

function changed(options: FullOptions, act: Act): FullOptions {
  if (!('set' in act || 'updateExisting' in act)) return { ...options, ...act } as FullOptions
  return { ...options, passwords: { ...options.passwords, ...act } } as FullOptions
}

/** Every combination of the options. */
const all = acts.reduce<FullOptions[]>(
  (sofar, kind) => sofar.flatMap((options) => kind.map((act) => changed(options, act))),
  [usual as unknown as FullOptions],
)
const [defaults = all[0] as FullOptions] = all.filter(({ existing }) => existing === 'skip')

/** Returns the page's name of a choice that it can rule out, and null for others. */
function nameOf([name, value]: [string, unknown]): string | null {
  if (name === 'message') return value === null ? null : 'message'
  if (name === 'set' || name === 'updateExisting') return `passwords.${name}=${value}`
  return name === 'enrol' || name === 'groups' ? null : `${name}=${value}`
}

const at = (options: FullOptions, { mapping, companies }: Place): Situation => ({
  options,
  mapping,
  platform: companies === null,
})

function isOut(act: Act, options: FullOptions, place: Place): boolean {
  const name = nameOf(Object.entries(act)[0] as [string, unknown])
  return name !== null && ruledOut(name, at(options, place)) !== null
}

/** Returns the choices that are still set although the page rules them out. */
function standing(options: FullOptions, place: Place): string[] {
  const { passwords, ...others } = options
  const { set, updateExisting } = passwords
  const now = at(options, place)
  const names = Object.entries({ ...others, set, updateExisting }).map(nameOf)
  return names.filter((name) => name !== null).filter((name) => ruledOut(name, now) !== null)
}

/** Returns the codes with which the API rejects the options that the page sends. */
function refused(options: FullOptions, { template, mapping, companies }: Place, password: string | null): string[] {
  const enrolled = Object.values(options.enrol ?? {}).some((ids) => ids.length > 0)
  const completed = {
    ...options,
    enrol: enrolled ? options.enrol : null,
    company: options.company ?? (companies?.length === 1 ? companies[0] : null),
    review: true,
    dryRun: false,
  }
  return brokenRules({
    template,
    mapping: template.headers === 'matched' ? mapping : null,
    options: completed as ImportOptions,
    password: options.passwords.set === 'default' ? password : null,
    saveMapping: false,
    caller: { companies, contact: 'mira@muster.example' },
  }).map(({ code }) => code)
}

const refusals = (options: FullOptions, place: Place) => refused(options, place, 'seven gulls over a pier')

const columns = (...fields: string[]) => Object.fromEntries(fields.map((field) => [field, `Column of ${field}`]))

/** Files with matched columns, each with all options that the page allows for it. */
const files: { place: Place; fitting: FullOptions[] }[] = [
  columns('company'),
  columns('company', 'groups'),
  columns('company', 'title 1'),
  columns('company', 'groups', 'title 2'),
].flatMap((mapping) =>
  [null, ['blue']].map((companies) => {
    const place: Place = { template: none, mapping, companies }
    // Users who are updated are enrolled anyway, so the page does not offer both choices together.
    const reachable = all.filter(({ enrolExisting, existing }) => !(enrolExisting && existing === 'update'))
    return { place, fitting: reachable.filter((options) => standing(options, place).length === 0) }
  }),
)

describe('the choices that the page rules out', () => {
  test('the page rules out every choice that the API rejects', () => {
    for (const { place, fitting } of files) {
      expect(fitting.length).toBeGreaterThan(100)
      const wrong = fitting.find((options) => refusals(options, place).length > 0)
      expect(wrong, `possible with ${Object.keys(place.mapping)}`).toBeUndefined()
    }
  })

  test('the API rejects every choice that the page rules out', () => {
    for (const { place, fitting } of files) {
      for (const act of acts.flat()) {
        const wrong = fitting.find((o) => isOut(act, o, place) && refusals(changed(o, act), place).length === 0)
        expect(wrong, `${JSON.stringify(act)} with ${Object.keys(place.mapping)}`).toBeUndefined()
      }
    }
  })

  test('the page also rules out enrolExisting for a file without titles, where the API knows only the template', () => {
    const place: Place = { template: onboarding, mapping: columns('company'), companies: null }
    const enrolling = changed(defaults, { enrolExisting: true })
    expect(refusals(enrolling, place)).toEqual([])
    expect(standing(enrolling, place)).toEqual(['enrolExisting=true'])
  })
})

describe('the choices that the page leads to', () => {
  test('no choice leads to one that is ruled out', () => {
    for (const { place, fitting } of files) {
      for (const act of acts.flat()) {
        for (const options of fitting) {
          if (isOut(act, options, place)) continue
          const left = standing(settled(at(changed(options, act), place)), place)
          if (left.length > 0) expect.fail(`${JSON.stringify(act)} leaves ${left} in ${JSON.stringify(options)}`)
        }
      }
    }
  })

  test('no change of the columns or the file leads to a choice that is ruled out', () => {
    for (const { place: before, fitting } of files) {
      for (const { place } of files.filter(({ place }) => place.companies === before.companies)) {
        for (const options of fitting) {
          const left = standing(settled(at(options, place)), place)
          if (left.length > 0) expect.fail(`${Object.keys(place.mapping)} leaves ${left} in ${JSON.stringify(options)}`)
        }
      }
    }
  })
})

describe('what the page asks for first', () => {
  /** Words of the page's sentence by the code of the API's error. */
  const words: Record<string, string> = {
    'permission-set-required': 'permission set',
    'company-required': 'company',
    'default-password-required': 'password',
  }
  const asked = [
    { template: onboarding, mapping: columns('company') },
    { template: team, mapping: columns('email') },
    { template: none, mapping: columns('email') },
    { template: none, mapping: columns('email', 'company') },
  ]
  const chosen = [null, 'learner'].flatMap((permissionSet) =>
    [null, 'blue'].flatMap((company) =>
      ['activation', 'default'].map((set) => changed({ ...defaults, permissionSet, company }, { set })),
    ),
  )

  test.each(Object.entries(callers))('the page requires what the API does for an administrator %s', (_, companies) => {
    for (const file of asked) {
      for (const options of chosen) {
        const place: Place = { ...file, companies }
        const said = missingChoices(at(options, place), { requires: file.template.requires, password: null, companies })
        const expected = refused(options, place, null).map((code) => expect.stringContaining(words[code] ?? code))
        expect(said, `${file.template.id}: ${JSON.stringify(options)}`).toEqual(expected)
      }
    }
  })
})
