import { useGet, useSend } from '../../api/hooks.ts'
import { ConfirmButton } from '../../parts/forms/confirm-button.tsx'
import { formatNumber, plural } from '../../parts/page/format.ts'
import { Sent } from '../../parts/people/sent.tsx'
import type { PeopleQuery } from './use-people-filter.ts'
import type { Selection } from './use-selection.ts'

/** Asks for new activation e-mails. Kept by the page: whoever is written to may leave the list with that. */
export function useSending() {
  return useSend('POST /v1/activations', ['GET /v1/users', 'GET /v1/users/count'])
}

export type Sending = ReturnType<typeof useSending>

interface Props {
  sending: Sending
  selection: Selection
  query: PeopleQuery
}

/** New activation e-mails for whoever is chosen. Says to how many, and asks once. */
export function SendAgain({ sending, selection, query }: Props) {
  const { everybody, ids, chooseNobody } = selection
  const { mutateAsync, error, data } = sending
  const inactive = useInactive(query, everybody)
  const some = [...ids]
  const body = everybody ? { all: query, except: some } : { users: some }
  const whom = everybody ? everybodyBut(inactive, some.length) : plural(some.length, 'person', 'people')
  const gets = !everybody && some.length === 1 ? 'gets' : 'get'
  return (
    <>
      <ConfirmButton
        name="Send activation again"
        does={`${whom} ${gets} a new e-mail with a link. Links that they were sent before stop working. Whoever is active already, or disabled, gets none. E-mails cannot be called back.`}
        onConfirm={() => mutateAsync({ body }).then(chooseNobody)}
        error={error}
        variant="filled"
        disabled={!everybody && some.length === 0}
      />
      {data && <Sent answer={data} />}
    </>
  )
}

/** `1,204 people who match these filters` */
function everybodyBut(inactive: number | undefined, but: number): string {
  if (inactive === undefined) return 'All who match these filters'
  if (but === 0) return `${formatNumber(inactive)} of those who match these filters`
  return `Up to ${formatNumber(inactive)} of those who match these filters, without the ${formatNumber(but)} taken out,`
}

/** How many of those who match get an e-mail: who is neither active nor disabled; undefined: not counted yet. */
function useInactive(query: PeopleQuery, enabled: boolean): number | undefined {
  const { status } = query
  const isWanted = (one: typeof status) => enabled && (status === undefined || status === one)
  const pending = useGet(COUNT, { query: { ...query, status: 'pending' } }, { enabled: isWanted('pending') })
  const invited = useGet(COUNT, { query: { ...query, status: 'invited' } }, { enabled: isWanted('invited') })
  if ((isWanted('pending') && !pending.data) || (isWanted('invited') && !invited.data)) return undefined
  return (isWanted('pending') ? (pending.data?.count ?? 0) : 0) + (isWanted('invited') ? (invited.data?.count ?? 0) : 0)
}

const COUNT = 'GET /v1/users/count'
