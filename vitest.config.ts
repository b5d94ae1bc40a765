import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    globalSetup: ['test/global-setup.ts'],
    // A process a file: the native part of the Temporal SDK and a killed server must not reach into the next file.
    pool: 'forks',
    maxWorkers: 2,
    // Longer than any test takes on a busy machine: it ends what hangs, and measures nothing.
    testTimeout: 180_000,
    hookTimeout: 120_000,
    teardownTimeout: 60_000,
    // The default is a second, which a busy machine may need for one answer.
    expect: { poll: { timeout: 20_000 } },
  },
})
