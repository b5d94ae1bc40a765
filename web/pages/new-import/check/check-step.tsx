import { Button } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { problemOf } from '../../../api/problem.ts'
import type { Preview, Template } from '../../../api/schema.ts'
import { useAccount } from '../../../session/account.ts'
import type { FullOptions } from '../choices/options.ts'
import { missingChoices } from '../choices/rules.ts'
import { type Draft, useStartCheck } from '../draft/draft.ts'
import notes from '../notes.module.css'
import { Refused } from '../refused.tsx'
import { Step } from '../step.tsx'
import { CheckResult } from './check-result.tsx'

interface Props {
  draft: Draft
  preview: Preview
  template: Template
  options: FullOptions
  password: string | null
  state: 'done' | 'open' | 'ahead'
  onOpen: () => void
  onChoices: () => void
}

/** What will happen, and then the button for it: the last two steps belong together. */
export function CheckStep({ state, onOpen, ...shown }: Props) {
  if (state === 'open' && shown.draft.import !== null) {
    return <CheckResult draft={shown.draft} id={shown.draft.import} onChoices={shown.onChoices} />
  }
  return (
    <>
      <Step number={4} title="Check" state={state} onOpen={onOpen} summary={summaryOf(state, shown.draft)}>
        <Start {...shown} />
      </Step>
      <Step number={5} title="Import" state="ahead" />
    </>
  )
}

function summaryOf(state: Props['state'], draft: Draft): string | null {
  if (state !== 'done') return null
  return draft.import === null ? 'something was changed: to be checked again' : 'what will happen is known'
}

/** Hands the file over to be checked as soon as the step is opened. */
function Start({ draft, preview, template, options, password, onChoices }: Omit<Props, 'state' | 'onOpen'>) {
  const { mutate, error, isPending } = useStartCheck(draft)
  const { companies } = useAccount()
  const situation = { options, mapping: preview.mapping, platform: companies === null }
  const [missing] = missingChoices(situation, { requires: template.requires, password, companies })
  const begun = useRef(false)
  useEffect(() => {
    // Once: effects run twice in development, and an upload must not.
    if (begun.current || missing !== undefined) return
    begun.current = true
    mutate(password)
  }, [mutate, password, missing])
  if (missing !== undefined) {
    return (
      <div className={notes.next}>
        <p>{missing}</p>
        <Button onClick={onChoices}>Go to the choices</Button>
      </div>
    )
  }
  if (!error || isPending) return <p role="status">Handing over {draft.file.name} …</p>
  return <Refused problem={problemOf(error)} onChoices={onChoices} onRetry={() => mutate(password)} />
}
