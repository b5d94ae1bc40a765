import { Button } from '@mantine/core'
import { useLocation } from 'wouter'
import { useSend } from '../../api/hooks.ts'
import type { Import } from '../../api/schema.ts'
import { FormError } from '../../parts/form-error.tsx'
import { plural } from '../../parts/format.ts'
import { importSentence } from '../../parts/plan-counts.tsx'
import notes from './notes.module.css'
import { Step } from './step.tsx'

type Plan = NonNullable<Import['plan']>

/** The last step: from here on it happens. */
export function ImportStep({ id, plan }: { id: string; plan: Plan }) {
  const [, go] = useLocation()
  const confirm = useSend('POST /v1/imports/{id}/confirm', [
    'GET /v1/imports',
    'GET /v1/imports/{id}',
    'GET /v1/drafts',
  ])
  const people = plan.create + plan.invite + plan.update
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
          disabled={people === 0 && plan.assignments === 0}
          loading={confirm.isPending}
          onClick={() => void begin().catch(() => undefined)}
        >
          {importSentence(plan)}
        </Button>
        <p>{sentenceOf(plan)}</p>
      </div>
    </Step>
  )
}

/** What the button does, to how many. */
function sentenceOf({ create, invite, update, emails, assignments }: Plan): string {
  if (create + invite + update === 0 && assignments === 0)
    return 'Everything in the file is there already: there is nothing to import.'
  const what = [
    create > 0 && `creates ${plural(create, 'person', 'people')}`,
    invite > 0 && `invites ${plural(invite, 'person', 'people')}`,
    update > 0 && `updates ${plural(update, 'person', 'people')}`,
    create + invite + update === 0 && `enrols people into courses ${plural(assignments, 'time', 'times')}`,
    emails > 0 && `sends ${plural(emails, 'e-mail', 'e-mails')}`,
  ].filter((part) => part !== false)
  const said = what.length > 1 ? `${what.slice(0, -1).join(', ')} and ${what.at(-1)}` : (what[0] ?? '')
  const sentence = `${said.charAt(0).toUpperCase()}${said.slice(1)}.`
  return emails > 0 ? `${sentence} E-mails cannot be called back.` : `${sentence} No e-mails are sent.`
}
