import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { cacheFolder } from './cache.ts'

/** The version of the time-skipping test server, which is part of Temporal's Java SDK. */
export const TEST_SERVER = '1.32.1'

/** Returns the path where set-up puts the test server. */
export function cachedTestServer(env: NodeJS.ProcessEnv = process.env): string {
  return join(cacheFolder(env), `temporal-test-server-${TEST_SERVER}`, 'test-server')
}

/** Returns the time-skipping server, a program whose argument is the port, or undefined before set-up fetched it. */
export function findTestServer(env: NodeJS.ProcessEnv = process.env): string | undefined {
  const path = cachedTestServer(env)
  return existsSync(path) ? path : undefined
}
