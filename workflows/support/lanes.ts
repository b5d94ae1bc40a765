/** Work that can be cancelled. */
export interface Stoppable {
  cancelled: boolean
}

/**
 * Repeats `step` in `count` parallel lanes until it returns false or `work` is cancelled. A lane that fails stops the
 * others after their current step. The failure is thrown when all lanes have stopped, so no lane runs while the caller
 * handles it.
 */
export async function inLanes(count: number, work: Stoppable, step: () => Promise<boolean>): Promise<void> {
  const failures: unknown[] = []
  const lane = async () => {
    while (failures.length === 0 && !work.cancelled) {
      try {
        if (!(await step())) return
      } catch (error) {
        failures.push(error)
      }
    }
  }
  await Promise.all(Array.from({ length: count }, lane))
  if (failures.length > 0) throw failures[0]
}
