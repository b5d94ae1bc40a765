import { Connection } from '@temporalio/client'
import pg from 'pg'
import { expect, test } from 'vitest'
import { freshDatabase } from '../support/servers/cluster.ts'
import { temporalFor, timeSkippingServer } from '../support/servers/temporal.ts'

test('a test file gets a database with the newest schema, and dropping it reports an open pool', async () => {
  const database = await freshDatabase()
  const leaked = new pg.Client({ connectionString: database.url, application_name: 'leaked' })
  leaked.on('error', () => undefined)
  await leaked.connect()
  const { rows } = await leaked.query("select to_regclass('imports') is not null as there")
  expect(rows).toEqual([{ there: true }])
  await expect(database.drop()).rejects.toThrow('1 connections were left open, by: leaked.')
})

test('two test files have separate databases', async () => {
  const [one, two] = await Promise.all([freshDatabase(), freshDatabase()])
  expect(one.url).not.toBe(two.url)
  await Promise.all([one.drop(), two.drop()])
})

test('a test file gets an existing Temporal namespace', async () => {
  const { address, namespace } = temporalFor(import.meta.url)
  const connection = await Connection.connect({ address })
  const described = await connection.workflowService.describeNamespace({ namespace })
  expect(described.namespaceInfo?.name).toBe('stack-test-servers')
  await connection.close()
})

test('the time-skipping server skips two days immediately', async () => {
  const server = await timeSkippingServer()
  const before = await server.currentTimeMs()
  await server.sleep('48 hours')
  expect((await server.currentTimeMs()) - before).toBeGreaterThanOrEqual(48 * 3_600_000)
  await server.teardown()
})
