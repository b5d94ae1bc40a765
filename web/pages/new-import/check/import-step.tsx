import { Button } from '@mantine/core'
import { useLocation } from 'wouter'
import { useSend } from '../../../api/hooks.ts'
import type { Import } from '../../../api/schema.ts'
import { FormError } from '../../../parts/forms/form-error.tsx'
import { doesNothing, importSentence, whatImportDoes } from '../../../parts/imports/plan-sentences.ts'
import notes from '../notes.module.css'
import { Step } from '../step.tsx'

type Plan = NonNullable<Import['plan']>

/** The last step: from here on it happens. */
export function ImportStep({ id, plan }: { id: string; plan: Plan }) {
  const [, go] = useLocation()
  const confirm = useSend('POST /v1/imports/{id}/confirm', [
    'GET /v1/imports',
    'GET /v1/imports/{id}',
    'GET /v1/drafts',
  ])
  const begin = async () => {
    await confirm.mutateAsync({ path: { id } })
    go(`/imports/${id}`)
  }
  return (
    <Step number={5} title="Import" state="open">
      <FormError error={confirm.error} />
      <div className={notes.next}>
        <Button
          size="md"
          disabled={doesNothing(plan)}
          loading={confirm.isPending}
          onClick={() => void begin().catch(() => undefined)}
        >
          {importSentence(plan)}
        </Button>
        <p>{whatImportDoes(plan)}</p>
      </div>
    </Step>
  )
}
