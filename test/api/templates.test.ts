import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { checkHeaders } from '../../domain/headers.ts'
import { readPerson } from '../../domain/person.ts'
import { onboarding } from '../../domain/templates/index.ts'
import { openFile } from '../../reading/index.ts'
import { apiWorld, type World } from './world.ts'

let world: World
let client: ReturnType<World['as']>
let key: string

beforeAll(async () => {
  world = await apiWorld(import.meta.url)
  key = await world.key()
  client = world.as(key)
})
afterAll(() => world.close())

describe('templates', () => {
  test('say which headers a file has and what stands below them', async () => {
    const { items, next } = (await client.get('/v1/templates')).body
    expect([items.map(({ id }: { id: string }) => id), next]).toEqual([['onboarding'], null])
    const { body } = await client.get('/v1/templates/onboarding')
    expect(body).toEqual(items[0])
    expect(body.columns).toHaveLength(onboarding.columns.length)
    expect(body.columns[0]).toEqual({
      header: 'enabled',
      field: 'enabled',
      required: true,
      numbered: false,
      rule: '1 enabled, 0 created disabled.',
    })
    for (const id of ['nope', 'nope.csv', 'onboarding.pdf']) {
      expect((await client.get(`/v1/templates/${id}`)).status).toBe(404)
    }
  })

  test.each(['csv', 'xlsx'])('download as %s, and the file is one that an import takes', async (format) => {
    const response = await world.app.request(`/v1/templates/onboarding.${format}`, {
      headers: { Authorization: `Bearer ${key}` },
    })
    expect(response.headers.get('Content-Disposition')).toBe(`attachment; filename="onboarding.${format}"`)
    const bytes = Buffer.from(await response.arrayBuffer())
    const source = async function* () {
      yield bytes
    }
    const file = await openFile(source, { fileName: `onboarding.${format}` })
    const checked = checkHeaders(onboarding, file.header)
    if (!checked.ok) throw new Error(JSON.stringify(checked.errors))
    const people = []
    for await (const batch of file.batches) people.push(...batch.map(({ cells }) => readPerson(cells, checked.columns)))
    await file.close()
    expect(people.map(({ firstName, errors }) => [firstName, errors])).toEqual([
      ['Ada', []],
      ['Zoë', []],
      ['Kenji', []],
    ])
    expect(people[0]?.titles).toEqual(['Safety – Level 1'])
  })
})
