import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { ACCOUNT } from '../../../api/client.ts'
import { WarningIcon } from '../../../parts/page/icons.tsx'
import notes from '../notes.module.css'
import { type Draft, useForgetDraft } from './draft.ts'
import { kept, seen, useNotKept } from './draft-saver.ts'

/** Says when what was chosen last is not kept, and why. What may help by itself is tried again by itself. */
export function NotKept({ draft: { id } }: { draft: Draft }) {
  const client = useQueryClient()
  const forget = useForgetDraft()
  const error = useNotKept(id)
  const code = error?.code
  const again = () => void kept(id).catch(() => undefined)
  // Whoever has signed in again finds what they chose, and it is kept then.
  useEffect(() => void kept(id).catch(() => undefined), [id])
  useEffect(() => {
    if (code === 'unauthorized') {
      seen(id)
      client.setQueryData(ACCOUNT, null)
    }
    if (code === 'not-found') forget(id)
  }, [client, forget, code, id])
  if (!error || code === 'unauthorized') return null
  return (
    <section className={`${notes.warning} ${notes.stays}`} role="alert" aria-label="Not kept yet">
      <WarningIcon />
      <div>
        <strong>What you chose last is not kept yet</strong>
        <p>
          {error.passing ? 'Muster does not answer just now; it is tried again.' : error.problem.detail} What you chose
          stands on this page only: leave it open.
        </p>
        <Button variant="default" onClick={again}>
          Keep it now
        </Button>
      </div>
    </section>
  )
}
