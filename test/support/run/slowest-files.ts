import type { Reporter, TestModule } from 'vitest/node'

/** The number of files in the list. */
const LISTED = 20

/** Prints the slowest test files at the end of a run, with the time that importing each one took. */
export default class SlowestFiles implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    if (modules.length <= LISTED) return
    const timed = modules.map((file) => ({ file, ...timesOf(file) }))
    const total = timed.reduce((sum, { all }) => sum + all, 0)
    const slowest = timed.toSorted((a, b) => b.all - a.all).slice(0, LISTED)
    console.log(`\nThe slowest ${LISTED} of ${modules.length} files, which take ${seconds(total)} s together:`)
    for (const { file, all, importing } of slowest) {
      console.log(`${seconds(all).padStart(7)} s  ${file.relativeModuleId} (${seconds(importing)} s of it importing)`)
    }
  }
}

function timesOf(file: TestModule): { all: number; importing: number } {
  const { collectDuration, duration, environmentSetupDuration, prepareDuration, setupDuration } = file.diagnostic()
  const importing = collectDuration + environmentSetupDuration + prepareDuration + setupDuration
  return { all: importing + duration, importing }
}

const seconds = (ms: number): string => (ms / 1000).toFixed(1)
