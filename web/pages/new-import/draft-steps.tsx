import { useEffect, useRef, useState } from 'react'
import { useSearchParams } from 'wouter'
import { problemOf } from '../../api/problem.ts'
import type { Preview, Template } from '../../api/schema.ts'
import { RowsSkeleton } from '../../parts/states/skeletons.tsx'
import { ErrorState } from '../../parts/states/states-of-a-page.tsx'
import { useAccount } from '../../session/account.ts'
import { CheckStep } from './check/check-step.tsx'
import { ChoicesStep } from './choices/choices-step.tsx'
import { fullOptions } from './choices/options.ts'
import { settled } from './choices/rules.ts'
import { ColumnsStep } from './columns/columns-step.tsx'
import { type Draft, type StepName, steps, usePreview, useReachStep } from './draft/draft.ts'
import { NotKept } from './draft/not-kept.tsx'
import { FileAgain } from './file/file-again.tsx'
import { SeenBefore } from './file/seen-before.tsx'
import { goToOpenStep, Step, StepList } from './step.tsx'
import { choicesLine, columnsLine, fileLine } from './summaries.ts'

interface Props {
  draft: Draft
  templates: Template[]
  /** The focus follows whoever comes from another step of this page. */
  follows: boolean
}

/** The five steps of a draft. Which one is open stands in the address, so that “back” goes back a step. */
export function DraftSteps({ draft, templates, follows }: Props) {
  const preview = usePreview(draft)
  const reach = useReachStep(draft)
  const account = useAccount()
  const [search, setSearch] = useSearchParams()
  // Kept nowhere: a draft that is opened again asks for it again.
  const [password, setPassword] = useState<string | null>(null)
  const reached = reachedBy(draft, preview.data)
  const asked = steps.find((name) => name === search.get('step')) ?? reached
  const open = steps.indexOf(asked) > steps.indexOf(reached) ? reached : asked
  const unsaid = !search.has('step')
  useEffect(() => {
    if (unsaid) setSearch({ step: open }, { replace: true })
  }, [unsaid, open, setSearch])
  const shown = useRef(open)
  useEffect(() => {
    if (shown.current !== open) goToOpenStep()
    shown.current = open
  }, [open])
  const known = preview.data
  const readable = known !== undefined
  useEffect(() => {
    if (follows && readable) goToOpenStep()
  }, [follows, readable])
  const show = (step: StepName) => {
    setSearch({ step })
    window.scrollTo({ top: 0 })
  }
  const finish = (next: StepName) => {
    if (steps.indexOf(next) > steps.indexOf(reached)) reach(next)
    show(next)
  }
  if (preview.error) return <ErrorState problem={problemOf(preview.error)} onRetry={() => void preview.refetch()} />
  if (!known) return <RowsSkeleton rows={5} />
  const template = templates.find(({ id }) => id === (draft.template ?? known.template)) ?? templates[0]
  if (!template) return null
  const chosen = fullOptions(template, draft.options)
  const platform = account.companies === null
  // The columns may have changed since, or the file.
  const options = settled({ options: chosen, mapping: known.mapping, platform })
  const stateOf = (step: StepName) => {
    if (step === open) return 'open'
    return steps.indexOf(step) <= steps.indexOf(reached) ? 'done' : 'ahead'
  }
  const step = (name: StepName) => ({ state: stateOf(name), onOpen: () => show(name) }) as const
  const shared = { draft, preview: known, template, templates }
  return (
    <>
      <NotKept draft={draft} />
      <SeenBefore earlier={known.earlier} own={draft.import} />
      <StepList>
        <Step number={1} title="File" {...step('file')} summary={fileLine(known)}>
          <FileAgain draft={draft} preview={known} onDone={() => show(reached)} />
        </Step>
        <Step number={2} title="Columns" {...step('columns')} summary={columnsLine(known, template)}>
          <ColumnsStep {...shared} busy={preview.isPlaceholderData} onDone={() => finish('choices')} />
        </Step>
        <Step number={3} title="Choices" {...step('choices')} summary={choicesLine(options)}>
          <ChoicesStep
            {...shared}
            options={options}
            password={password}
            onPassword={setPassword}
            onDone={() => finish('check')}
          />
        </Step>
        <CheckStep
          {...shared}
          {...step('check')}
          options={options}
          password={password}
          onChoices={() => show('choices')}
        />
      </StepList>
    </>
  )
}

/** What is missing in the columns comes first, whatever came after it before. */
function reachedBy({ step }: Draft, preview: Preview | undefined): StepName {
  if (preview && preview.problems.length > 0) return 'columns'
  return step === 'import' ? 'check' : step
}
