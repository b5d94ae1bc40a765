import { betterAuth } from 'better-auth'
import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createConsoleAuth } from '../../../api/accounts/auth/console-auth.ts'
import { makeFirstAccount } from '../../../api/accounts/auth/first-account.ts'
import { apiWorld, type World } from '../../support/api-world.ts'
import { visitor } from '../../support/visitor.ts'

let world: World

beforeEach(async () => {
  world = await apiWorld(import.meta.url)
})
afterEach(() => world.close())

const given = { MUSTER_ADMIN_EMAIL: 'Admin@Muster.local', MUSTER_ADMIN_PASSWORD: 'g7Hq2mZp9LxWv4Tb' }
const make = (more: Partial<typeof given> = {}) => makeFirstAccount(world.db, { ...given, ...more })
const signIn = (password: string) => visitor(world).signIn('admin@muster.local', password)

test('the first administrator comes from the configuration and is platform-wide', async () => {
  expect(await make()).toBe(true)
  expect(await signIn(given.MUSTER_ADMIN_PASSWORD)).toMatchObject({
    status: 200,
    body: { account: { name: 'Administrator', email: 'admin@muster.local', role: 'platform', companies: null } },
  })
})

test('processes that start at the same time create one first administrator', async () => {
  const made = await Promise.all(Array.from({ length: 5 }, () => make()))
  expect(made.filter(Boolean)).toHaveLength(1)
  expect(await world.db.selectFrom('console_accounts').selectAll().execute()).toHaveLength(1)
})

test('the configuration has no effect once an administrator exists', async () => {
  await make()
  expect(await make({ MUSTER_ADMIN_PASSWORD: 'another fine long phrase' })).toBe(false)
  expect(await make({ MUSTER_ADMIN_EMAIL: 'other@muster.local' })).toBe(false)
  expect((await signIn('another fine long phrase')).status).toBe(401)
  expect((await signIn(given.MUSTER_ADMIN_PASSWORD)).status).toBe(200)
})

test('no administrator is created without a configuration, and an invalid variable is named', async () => {
  expect(await makeFirstAccount(world.db, {})).toBe(false)
  await expect(make({ MUSTER_ADMIN_EMAIL: 'admin' })).rejects.toThrow(/^MUSTER_ADMIN_EMAIL: expected/)
  await expect(make({ MUSTER_ADMIN_PASSWORD: 'short' })).rejects.toThrow(/^MUSTER_ADMIN_PASSWORD: .* at least 12/)
  await expect(make({ MUSTER_ADMIN_PASSWORD: 'administrator1' })).rejects.toThrow(/^MUSTER_ADMIN_PASSWORD: /)
  expect(await world.db.selectFrom('console_accounts').selectAll().execute()).toEqual([])
})

test('the tables are those that better-auth expects', async () => {
  const { options } = createConsoleAuth(world.deps.config, world.db)
  const database = { ...options.advanced.database, validateSchema: true }
  const { checkSchema } = await betterAuth({ ...options, advanced: { ...options.advanced, database } }).$context
  expect(checkSchema).toBeDefined()
  await checkSchema?.()
  await sql`ALTER TABLE console_two_factors DROP COLUMN locked_until`.execute(world.db)
  const { checkSchema: again } = await betterAuth({ ...options, advanced: { ...options.advanced, database } }).$context
  await expect(again?.()).rejects.toThrow(/locked_until/)
})
