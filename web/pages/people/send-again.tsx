import { useSend } from '../../api/hooks.ts'
import { ConfirmButton } from '../../parts/confirm-button.tsx'
import { plural } from '../../parts/format.ts'
import { Sent } from '../../parts/sent.tsx'
import type { PeopleQuery } from './use-people-filter.ts'

/** Asks for new activation e-mails. Kept by the page: whoever is written to may leave the list with that. */
export function useSending() {
  return useSend('POST /v1/activations', ['GET /v1/users'])
}

export type Sending = ReturnType<typeof useSending>

interface Props {
  sending: Sending
  ids: string[]
  /** All that match, instead of `ids`. */
  everybody: boolean
  query: PeopleQuery
  onSent: () => void
}

/** New activation e-mails for whoever is chosen. Says to how many, and asks once. */
export function SendAgain({ sending: { mutateAsync, error, data }, ids, everybody, query, onSent }: Props) {
  const whom = everybody ? 'Everybody who matches these filters' : plural(ids.length, 'person', 'people')
  const gets = everybody || ids.length === 1 ? 'gets' : 'get'
  return (
    <>
      <ConfirmButton
        name="Send activation again"
        does={`${whom} ${gets} a new e-mail with a link. Links that they were sent before stop working. Whoever is active already, or disabled, gets none. E-mails cannot be called back.`}
        onConfirm={() => mutateAsync({ body: everybody ? { all: query } : { users: ids } }).then(onSent)}
        error={error}
        variant="filled"
        disabled={!everybody && ids.length === 0}
      />
      {data && <Sent answer={data} />}
    </>
  )
}
