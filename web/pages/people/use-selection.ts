import { useState } from 'react'
import type { User } from '../../api/schema.ts'

interface Choice {
  /** The filters that were chosen under; others choose anew. */
  under: string
  ids: ReadonlySet<string>
  /** Everybody who matches, whether they were read yet or not. */
  everybody: boolean
}

/** Who is chosen: some, all that were read, or all that match. */
export function useSelection(people: User[], under: string) {
  const [choice, setChoice] = useState<Choice>({ under, ids: new Set(), everybody: false })
  const current = choice.under === under ? choice : { under, ids: new Set<string>(), everybody: false }
  const read = () => new Set(people.map(({ id }) => id))
  const chosen = current.everybody ? read() : current.ids
  return {
    chosen,
    everybody: current.everybody,
    choose(id: string, on: boolean) {
      const ids = new Set(chosen)
      if (on) ids.add(id)
      else ids.delete(id)
      setChoice({ under, ids, everybody: false })
    },
    chooseShown: (on: boolean) => setChoice({ under, ids: on ? read() : new Set(), everybody: false }),
    chooseEverybody: () => setChoice({ under, ids: new Set(), everybody: true }),
  }
}

export type Selection = ReturnType<typeof useSelection>
