import { relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { TestWorkflowEnvironment } from '@temporalio/testing'
import { inject } from 'vitest'
import { findTestServer } from '../../../stack/temporal/test-server.ts'

/** Returns the namespace of a test file from its path in the project: `test/api/imports.test.ts` has `api-imports`. */
export function namespaceOf(file: string): string {
  return file
    .replace(/^test\//, '')
    .replace(/\.test\.tsx?$/, '')
    .replace(/[^a-z0-9]+/gi, '-')
}

/**
 * Connects to the shared Temporal server with the test file's own namespace.
 *
 * @param url the test file's `import.meta.url`
 */
export function temporalFor(url: string): { address: string; namespace: string } {
  const address = inject('temporalAddress')
  const file = relative(resolve(import.meta.dirname, '../../..'), fileURLToPath(url))
  if (!address) throw new Error(`No Temporal was started for ${file}: see WITH_TEMPORAL in test/global-setup.ts.`)
  return { address, namespace: namespaceOf(file) }
}

/** Starts a Temporal server that skips the time in which all workflows sleep. The caller ends it with `teardown()`. */
export async function timeSkippingServer(): Promise<TestWorkflowEnvironment> {
  const path = findTestServer()
  if (!path) throw new Error('The time-skipping server is not there yet: run `node stack/setup.mjs --test` once.')
  for (let attempt = 1; ; attempt++) {
    try {
      return await TestWorkflowEnvironment.createTimeSkipping({
        server: { executable: { type: 'existing-path', path } },
      })
    } catch (error) {
      if (attempt === START_ATTEMPTS) throw error
    }
  }
}

/** The SDK waits 5 s for the server, a Java program that can take longer to start on a busy machine. */
const START_ATTEMPTS = 6
