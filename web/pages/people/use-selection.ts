import { useState } from 'react'

interface Choice {
  /** The filters that were chosen under; others choose anew. */
  under: string
  /** Everybody who matches, whether they were read or not, but for the ids; else the ids and nobody else. */
  everybody: boolean
  ids: ReadonlySet<string>
}

/** Who is chosen: some, those of a page, or all who match but for some. Whoever scrolls away stays chosen. */
export function useSelection(under: string) {
  const [choice, setChoice] = useState<Choice>({ under, everybody: false, ids: new Set() })
  const { everybody, ids } = choice.under === under ? choice : { everybody: false, ids: new Set<string>() }
  const choose = (some: readonly string[], on: boolean) => {
    const after = new Set(ids)
    for (const id of some) {
      if (on === everybody) after.delete(id)
      else after.add(id)
    }
    setChoice({ under, everybody, ids: after })
  }
  return {
    everybody,
    ids,
    has: (id: string) => ids.has(id) !== everybody,
    choose,
    chooseEverybody: () => setChoice({ under, everybody: true, ids: new Set() }),
    chooseNobody: () => setChoice({ under, everybody: false, ids: new Set() }),
  }
}

export type Selection = ReturnType<typeof useSelection>
