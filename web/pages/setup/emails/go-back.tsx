import { useSend } from '../../../api/hooks.ts'
import { ConfirmButton } from '../../../parts/forms/confirm-button.tsx'
import { languageName, type Place } from './place.ts'
import type { useTexts } from './use-texts.ts'

interface Props {
  place: Place
  /** Of the text that is given up. */
  id: string
  texts: ReturnType<typeof useTexts>
  companyName: string | null
  onDone: () => void
}

/** Gives up what was written here; what it falls back to is in its name. */
export function GoBack({ place, id, texts, companyName, onDone }: Props) {
  const { mutateAsync, error } = useSend('DELETE /v1/email-texts/{id}', [
    'GET /v1/email-texts',
    'GET /v1/email-preview',
  ])
  const next = place.company !== null && texts.everybodysIn(place.language) ? 'everybody’s' : 'Muster’s'
  const whom = companyName === null ? 'people whose company has no words of its own' : `the people of ${companyName}`
  return (
    <ConfirmButton
      name={`Go back to ${next} words`}
      does={`What was written here is deleted. From now on e-mails of this kind in ${languageName(place.language)} to ${whom} say ${next} words, those that wait to be sent, too.`}
      onConfirm={() => mutateAsync({ path: { id } }).then(onDone)}
      error={error}
    />
  )
}
