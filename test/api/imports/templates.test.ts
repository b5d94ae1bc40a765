import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fields } from '../../../domain/people/fields.ts'
import { invitation, onboarding, templates } from '../../../domain/people/templates/index.ts'
import { apiWorld, type World } from '../../support/api-world.ts'

let world: World
let client: ReturnType<World['as']>
let key: string

beforeAll(async () => {
  world = await apiWorld(import.meta.url)
  key = await world.key()
  client = world.as(key)
})
afterAll(() => world.close())

const read = async (id: string) => (await client.get(`/v1/templates/${id}`)).body

describe('templates', () => {
  test('the list of templates begins with the default template', async () => {
    const { items, next } = (await client.get('/v1/templates')).body
    expect([items.map(({ id }: { id: string }) => id), next]).toEqual([
      ['onboarding', 'invitation', 'team', 'none'],
      null,
    ])
    for (const item of items) expect(await read(item.id)).toEqual(item)
    for (const id of ['nope', 'nope.csv', 'onboarding.pdf']) {
      expect((await client.get(`/v1/templates/${id}`)).status).toBe(404)
    }
  })

  test('a template names the headers of a file and the rule for each column', async () => {
    const body = await read('onboarding')
    expect(body).toMatchObject({ headers: 'exact', formats: ['csv', 'xlsx'], fields: [], requires: [] })
    expect(body.columns).toHaveLength(onboarding.columns.length)
    expect(body.columns[0]).toEqual({
      header: 'enabled',
      field: 'enabled',
      required: true,
      filled: true,
      numbered: false,
      rule: '1 enabled, 0 created disabled.',
    })
    expect(body.columns.at(-1)).toMatchObject({
      header: 'module requested',
      field: 'title',
      numbered: true,
      filled: false,
    })
  })

  test('FORMATS: invitation requires four columns, allows empty cells, and updates existing users', async () => {
    const body = await read('invitation')
    expect(body).toMatchObject({ headers: 'matched', defaults: { existing: 'update', mode: 'create' } })
    const required = body.columns.filter((column: { required: boolean }) => column.required)
    expect(required.map(({ header, filled }: { header: string; filled: boolean }) => [header, filled])).toEqual([
      ['first_name', false],
      ['last_name', false],
      ['e-mail', true],
      ['company', false],
    ])
  })

  test('FORMATS: team has its headers in order and requires a permission set', async () => {
    const body = await read('team')
    expect(body).toMatchObject({ headers: 'in-order', requires: ['permissionSet'] })
    expect(body.columns.map(({ header }: { header: string }) => header)).toEqual([
      'First name',
      'Last name',
      'Email',
      'Description',
    ])
  })

  test('a template with matched columns lists every field of the platform with a label and a rule', async () => {
    for (const id of ['invitation', 'none']) {
      const body = await read(id)
      expect(body.fields.map(({ field }: { field: string }) => field).sort()).toEqual([...fields, 'title'].sort())
      for (const { label, rule } of body.fields) expect([label, rule]).not.toContain('')
    }
    const { fields: offered } = await read('invitation')
    expect(offered[2]).toEqual({
      field: 'email',
      label: 'E-mail address',
      required: true,
      numbered: false,
      rule: invitation.columns[2]?.rule,
    })
    expect(offered.at(-1)).toMatchObject({ field: 'title', numbered: true, required: false })
  })

  test('a template has three example rows below a header', async () => {
    for (const id of templates.keys()) {
      const { example } = await read(id)
      expect(example.rows).toHaveLength(3)
      for (const row of example.rows) expect(row).toHaveLength(example.header.length)
    }
  })
})

describe.each([...templates.keys()])('FORMATS: the template %s', (id) => {
  test.each(['csv', 'xlsx'])('an example file downloads as %s, and an import accepts the file', async (format) => {
    const response = await world.app.request(`/v1/templates/${id}.${format}`, {
      headers: { Authorization: `Bearer ${key}` },
    })
    expect(response.headers.get('Content-Disposition')).toBe(`attachment; filename="${id}.${format}"`)
    const form = new FormData()
    form.append('file', new File([new Uint8Array(await response.arrayBuffer())], `${id}.${format}`))
    form.append('template', id)
    const { status, body } = await client.send('POST', '/v1/imports/preview', { body: form })
    expect(status).toBe(200)
    expect(body).toMatchObject({ template: id, mappingSource: 'template', missing: [], problems: [], records: 3 })
    expect(
      body.people.map(({ firstName, errors }: { firstName: string; errors: unknown }) => [firstName, errors]),
    ).toEqual([
      ['Ada', []],
      ['Zoë', []],
      ['Kenji', []],
    ])
    const matched = body.columns.filter(({ field }: { field: string | null }) => field !== null)
    expect(matched).toHaveLength(body.headers.length)
  })

  test('a template is recognised from the headers of its example file', async () => {
    const response = await world.app.request(`/v1/templates/${id}.csv`, { headers: { Authorization: `Bearer ${key}` } })
    const form = new FormData()
    form.append('file', new File([new Uint8Array(await response.arrayBuffer())], 'people.csv'))
    expect((await client.send('POST', '/v1/imports/preview', { body: form })).body.template).toBe(id)
  })
})
