import { defineConfig, type TestProjectConfiguration } from 'vitest/config'
import { LongestFirst } from './test/support/run/longest-first.ts'
import SlowestFiles from './test/support/run/slowest-files.ts'

/** Longer than any test takes on a busy machine. These limits end a test that hangs. They measure nothing. */
const patience = {
  testTimeout: 180_000,
  hookTimeout: 120_000,
  // Vitest's default is a second, which a busy machine may need for one answer.
  expect: { poll: { timeout: 20_000 } },
}

/** Tests that need no server, wherever they are. */
const UNIT = [
  'test/{cli,config,domain,house,reading,security}/**/*.test.ts',
  'test/activities/emails/render.test.ts',
  'test/api/docs/typescript.test.ts',
  'test/formats/coverage.test.ts',
  'test/web/parts/{format,scroll-scale}.test.ts',
  'test/web/pages/new-import/rules.test.ts',
]

const DATABASE = ['test/{activities,db}/**/*.test.ts']
const CONSOLE = ['test/web/**/*.test.ts']
const WORKFLOWS = ['test/workflows/**/*.test.ts']
const STACK = ['test/{e2e,stack,story}/**/*.test.ts']

/**
 * Files share a process and what it has imported: importing takes a fifth of the time of a file of its own. The projects
 * that kill servers and workers run each file in a process of its own.
 */
function project(name: string, include: string[], exclude: string[] = []): TestProjectConfiguration {
  const isolate = name === 'workflows' || name === 'stack'
  // A test that measures memory collects the garbage of the files before it first.
  const execArgv = ['--expose-gc']
  return { test: { name, include, exclude, isolate, pool: 'forks', execArgv, restoreMocks: true, ...patience } }
}

export default defineConfig({
  test: {
    globalSetup: ['test/global-setup.ts'],
    // One for each core of the machines that run them. With three, two browser tests timed out in a full run.
    maxWorkers: 2,
    teardownTimeout: 60_000,
    sequence: { sequencer: LongestFirst },
    reporters: ['default', new SlowestFiles()],
    // test/global-setup.ts says which servers each project needs.
    projects: [
      project('unit', UNIT),
      project('db', DATABASE, UNIT),
      project('web', CONSOLE, UNIT),
      project('workflows', WORKFLOWS),
      project('stack', STACK),
      // Has every file that no other project has: none is forgotten.
      project('api', ['test/**/*.test.{ts,tsx}'], [...UNIT, ...DATABASE, ...CONSOLE, ...WORKFLOWS, ...STACK]),
    ],
  },
})
