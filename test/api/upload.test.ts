import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { apiWorld, storedBytes, type World } from './world.ts'

let world: World
let client: ReturnType<World['as']>

beforeAll(async () => {
  world = await apiWorld(import.meta.url)
  client = world.as(await world.key())
})
afterAll(() => world.close())

const CSV = 'enabled,name,email,companyName,languageCode\n1,Ada,ada@example.com,Blue Harbour,en-GB\n'

describe('an upload', () => {
  test('is stored byte for byte, answered with 202 and its workflow is started', async () => {
    const { status, headers, body } = await client.upload(CSV, { template: 'onboarding' })
    expect(status).toBe(202)
    expect(headers.get('Location')).toBe(`/v1/imports/${body.id}`)
    expect(body).toMatchObject({ status: 'received', phase: 'receive', file: { name: 'people.csv', size: CSV.length } })
    expect((await storedBytes(world, body.id)).toString()).toBe(CSV)
    const client2 = await world.deps.temporal()
    const described = await client2.workflow.getHandle(`import-${body.id}`).describe()
    expect(described.type).toBe('importUsers')
    expect(await client.get(`/v1/imports/${body.id}`)).toMatchObject({ status: 200, body: { id: body.id } })
  })
})
