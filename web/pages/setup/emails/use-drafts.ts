import { useSessionStorage } from '@mantine/hooks'
import { useAccount } from '../../../session/account.ts'
import { type Place, samePlace, type Words } from './place.ts'

interface Draft {
  place: Place
  words: Words
}

/**
 * What was written and not saved, for each e-mail in each language: kept in this tab, so that looking at another one,
 * leaving the page or loading it again loses nothing.
 */
export function useDrafts() {
  const { id } = useAccount()
  const [drafts, setDrafts] = useSessionStorage<Draft[]>({
    key: `muster-email-texts-${id}`,
    defaultValue: [],
    getInitialValueInEffect: false,
  })
  const others = (place: Place) => (draft: Draft) => !samePlace(draft.place, place)
  return {
    drafts,
    draftOf: (place: Place): Words | null => drafts.find((draft) => samePlace(draft.place, place))?.words ?? null,
    keep: (place: Place, words: Words) => setDrafts((before) => [...before.filter(others(place)), { place, words }]),
    drop: (place: Place) => setDrafts((before) => before.filter(others(place))),
  }
}
