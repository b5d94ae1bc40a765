import { relative } from 'node:path'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/**
 * Folders with the slowest files, in the order in which they start. If one of these files started last, one worker
 * would run it while the others were idle.
 */
const LONGEST = ['test/story/', 'test/e2e/', 'test/workflows/', 'test/stack/', 'test/web/', 'test/formats/']

/** Starts the files of the slow folders first. Within a folder, the order is Vitest's own. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const path = relative(this.ctx.config.root, moduleId)
      const at = LONGEST.findIndex((folder) => path.startsWith(folder))
      return at < 0 ? LONGEST.length : at
    }
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b))
  }
}
