/** Something that a person may stop. */
export interface Stoppable {
  cancelled: boolean
}

/**
 * Repeats `step` in `count` lanes side by side until it answers false or `work` is cancelled. A lane that fails stops
 * the others after their current step; only when all of them stand still is the failure thrown, so that nothing
 * goes on behind the back of whoever handles it.
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
