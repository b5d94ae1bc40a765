import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type FormatsWorld, formatsWorld } from './world.ts'

let world: FormatsWorld
const ids: Record<string, string> = {}

beforeAll(async () => {
  world = await formatsWorld(import.meta.url)
  for (const name of ['Spring class', 'Analysts']) ids[name] = await world.made('groups', { name })
  await world.made('custom-fields', { key: 'badge', label: 'Badge', type: 'text' })
  await world.made('custom-fields', { key: 'size', label: 'Shoe size', type: 'number' })
  await world.made('custom-fields', { key: 'since', label: 'Since', type: 'date' })
  await world.made('custom-fields', { key: 'shift', label: 'Shift', type: 'choice', choices: ['Day', 'Night'] })
})
afterAll(() => world.close())

const template = 'invitation'
const header = 'first_name,last_name,e-mail,company,language,groups'
const address = (who: string) => `${who}@invitation.example`
const line = (who: string, language = '', groups = '') =>
  [who, 'Byron', address(who), 'Blue Harbour', language, groups].join(',')
const file = (...lines: string[]) => [header, ...lines].join('\n')
const of = (who: string) => world.person(address(who))

test('a file must have the columns first_name, last_name, e-mail and company', async () => {
  const { columns } = (await world.office.get('/v1/templates/invitation')).body
  const required = columns.filter((column: { required: boolean }) => column.required)
  expect(required.map((column: { header: string }) => column.header)).toEqual([
    'first_name',
    'last_name',
    'e-mail',
    'company',
  ])
  const refused = await world.imported(`first_name,e-mail\nAda,${address('ada')}\n`, { template })
  expect(refused).toMatchObject({ status: 'rejected', problem: { code: 'invalid-mapping' } })
  const missing = refused.problem.mapping.map(({ field }: { field: string }) => field)
  expect(missing).toEqual(['lastName', 'company'])
})

test('a language is one of the eight, or another that BCP 47 defines', async () => {
  const tags = ['de', 'en', 'es', 'fr', 'hu', 'ja', 'nl', 'pt', 'sv', 'pt-BR']
  const lines = [...tags, 'klingonese'].map((tag) => line(`speaks.${tag}`, tag))
  const done = await world.imported(file(...lines), { template, options: { sendEmails: false } })
  expect(done.counts).toMatchObject({ created: 10, invalid: 1 })
  expect(await world.errors(done.id)).toEqual({ 12: ['language: invalid-language'] })
  for (const tag of tags) expect((await of(`speaks.${tag}`)).language).toBe(tag)
})

test('a cell names several student groups, separated by /', async () => {
  await world.imported(file(line('gil', 'en', 'Spring class/Analysts')), { template, options: { sendEmails: false } })
  expect((await of('gil')).groups).toEqual([ids['Spring class'], ids.Analysts].sort())
})

describe('a file with its own columns', () => {
  const own = 'Nachname;Mobil;E-Mail-Adresse;Firma;Vorname;Ausweis;Größe;Seit;Schicht'
  const cells = (who: string) => `Kovács;+49 1;${address(who)};Blue Harbour;${who};B-7;38.5;2026-03-05;night`
  const mapping = {
    firstName: 'Vorname',
    lastName: 'Nachname',
    email: 'E-Mail-Adresse',
    company: 'Firma',
    'custom.badge': 'Ausweis',
    'custom.size': 'Größe',
    'custom.since': 'Seit',
    'custom.shift': 'Schicht',
  }

  test('each column is matched to a field or a custom field, which is stored on the user, or is not imported', async () => {
    const text = `${own}\n${cells('zoe')}\n`
    const done = await world.imported(text, { template, mapping, options: { sendEmails: false } })
    expect(done).toMatchObject({ status: 'completed', counts: { created: 1, invalid: 0 } })
    const zoe = await of('zoe')
    expect(zoe).toMatchObject({
      firstName: 'zoe',
      lastName: 'Kovács',
      custom: { badge: 'B-7', size: 38.5, since: '2026-03-05', shift: 'Night' },
    })
    expect(JSON.stringify(zoe)).not.toContain('+49')
  })

  test('a match is suggested from the header and the cells, and an unrecognised column is not imported', async () => {
    const headers = 'Keresztnév;Apellidos;x;会社;Idioma;Hobby'
    const people = `Zoë;Kovács;${address('x')};Blue Harbour;hu;Chess`
    const { mapping: suggested, columns } = await world.preview(`${headers}\n${people}\n`, { template })
    expect(suggested).toEqual({
      firstName: 'Keresztnév',
      lastName: 'Apellidos',
      email: 'x',
      company: '会社',
      language: 'Idioma',
    })
    expect(columns.map(({ source }: { source: string }) => source)).toEqual([
      'header',
      'header',
      'cells',
      'header',
      'header',
      null,
    ])
  })

  test('a preview shows the first 10 records as they will be read and the total, and changes nothing', async () => {
    const before = await world.everybody()
    const text = [own, ...Array.from({ length: 25 }, (_, n) => cells(`p${n}`))].join('\n')
    const shown = await world.preview(text, { template, mapping: JSON.stringify(mapping) })
    expect(shown).toMatchObject({ records: 25, problems: [] })
    expect(shown.people).toHaveLength(10)
    expect(shown.people[9]).toMatchObject({ row: 11, firstName: 'p9', lastName: 'Kovács', email: address('p9') })
    expect(await world.everybody()).toEqual(before)
    expect((await world.office.get('/v1/imports?template=none')).body.items).toEqual([])
  })

  test('a preview keeps and returns the column mapping that it was given', async () => {
    const text = `${own}\n${cells('back')}\n`
    const first = await world.preview(text, { template, mapping: JSON.stringify(mapping) })
    const back = await world.preview(text, { template, mapping: JSON.stringify(first.mapping) })
    expect([first.mapping, back]).toEqual([mapping, first])
  })
})

test('a row may have empty cells, and the order of its fields is preserved', async () => {
  const text = ['company,e-mail,last_name,first_name', `Blue Harbour,${address('mono')},,Mono`, `,${address('none')},,`]
  const options = { sendEmails: false, company: world.blue.company }
  const done = await world.imported(text.join('\n'), { template, options })
  expect(done.counts).toMatchObject({ created: 2, invalid: 0 })
  expect(await of('mono')).toMatchObject({ firstName: 'Mono', lastName: null })
  expect(await of('none')).toMatchObject({ firstName: '', lastName: null, company: world.blue.company })
})

describe('import and invite', () => {
  test('new users are added and get an e-mail to set their password, and existing users are overwritten and get none', async () => {
    const mailed = world.mails(world.blue.email).length
    const text = file(line('ivy', 'de'), `Augusta,,${world.blue.email},Blue Harbour,,`)
    const done = await world.imported(text, { template })
    expect(done.counts).toMatchObject({ created: 1, updated: 1, emails: { queued: 0, sent: 1, failed: 0 } })
    const [link = ''] = world.links(address('ivy'))
    expect(await (await world.open(link)).text()).toContain('type="password"')
    expect((await world.complete(link)).status).toBe(200)
    expect((await of('ivy')).status).toBe('active')
    expect(await world.person(world.blue.email)).toMatchObject({ id: world.blue.user, firstName: 'Augusta' })
    expect(world.mails(world.blue.email)).toHaveLength(mailed)
    const { items } = (await world.office.get(`/v1/users?email=${world.blue.email}`)).body
    expect(items).toHaveLength(1)
  })

  test('an option decides whether a group that does not exist is created or is an error', async () => {
    const text = file(line('jo', 'en', 'Divers/Analysts'))
    const refused = await world.imported(text, { template, options: { unknownGroups: 'error', sendEmails: false } })
    expect(await world.errors(refused.id)).toEqual({ 2: ['groups: unknown-group'] })
    await world.imported(text, { template, options: { unknownGroups: 'create', sendEmails: false } })
    const { items } = (await world.office.get('/v1/groups?name=Divers')).body
    expect((await of('jo')).groups).toEqual([items[0].id, ids.Analysts].sort())
  })
})
