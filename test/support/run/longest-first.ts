import { relative } from 'node:path'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/**
 * Folders whose files take longest, in the order in which they start. A file of these that starts last keeps one worker
 * busy while the others have nothing left to do.
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
