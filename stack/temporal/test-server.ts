import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { cacheFolder } from './cache.ts'

/** The time-skipping test server that tests use; part of Temporal's Java SDK. */
export const TEST_SERVER = '1.32.1'

/** Where set-up puts it. */
export function cachedTestServer(env: NodeJS.ProcessEnv = process.env): string {
  return join(cacheFolder(env), `temporal-test-server-${TEST_SERVER}`, 'test-server')
}

/** The time-skipping server, as a program to run with the port as its argument; undefined before set-up fetched it. */
export function findTestServer(env: NodeJS.ProcessEnv = process.env): string | undefined {
  const path = cachedTestServer(env)
  return existsSync(path) ? path : undefined
}
