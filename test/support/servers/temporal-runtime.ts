import { DefaultLogger, Runtime } from '@temporalio/worker'

/**
 * The SDK accepts runtime settings once for each process, and test files may share a process. Failures that a test
 * causes are asserted, not printed.
 */
let isInstalled = false

/** Makes the Temporal SDK log errors only. Call it before a process starts its first worker. */
export function installQuietRuntime(): void {
  if (isInstalled) return
  const logging = { filter: { core: 'ERROR', other: 'ERROR' } } as const
  Runtime.install({ logger: new DefaultLogger('ERROR'), telemetryOptions: { logging } })
  isInstalled = true
}
