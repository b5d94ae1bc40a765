import { Button } from '@mantine/core'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { ApiError, problemOf } from '../../../api/problem.ts'
import { TemplateList } from '../../../parts/imports/template-list.tsx'
import { type Draft, useCreateDraft } from '../draft/draft.ts'
import { DropArea, type Sent } from './drop-area.tsx'
import classes from './file-step.module.css'

/** Takes a file in; what was chosen for the one before stays chosen. */
export function FileStep({ before }: { before?: Draft }) {
  const [, go] = useLocation()
  const { mutate, isPending, error, variables } = useCreateDraft()
  const [sent, setSent] = useState<Sent | null>(null)
  const [tooMany, setTooMany] = useState(0)
  const takeOne = (file: File) => {
    setSent({ bytes: 0, all: file.size })
    const onSent = (bytes: number, all: number) => setSent(bytes < all ? { bytes, all } : null)
    mutate(before ? { file, before, onSent } : { file, onSent }, {
      onSuccess: ({ id }) => go(`/import/${id}`, { replace: before !== undefined }),
    })
  }
  const take = (files: File[]) => {
    const [file] = files
    setTooMany(files.length > 1 ? files.length : 0)
    if (file && files.length === 1) takeOne(file)
  }
  const file = variables?.file
  return (
    <>
      <DropArea onFiles={take} busy={isPending && file ? { name: file.name, sent } : null} />
      {tooMany > 0 && !isPending && <TooMany count={tooMany} />}
      {error && !isPending && tooMany === 0 && file && (
        <Refusal file={file.name} error={error} onRetry={() => takeOne(file)} />
      )}
      <section className={classes.templates} aria-labelledby="templates">
        <h3 id="templates">No file yet? Begin with one of these.</h3>
        <TemplateList />
        <p className="soft">Any other list is welcome, too: in the next step you say which column is what.</p>
      </section>
    </>
  )
}

/** Which of them was meant, nobody knows. */
function TooMany({ count }: { count: number }) {
  return (
    <div role="alert" className={classes.refusal}>
      <h3>One file at a time: these were {count}</h3>
      <p>None of them was taken. Drop the one to begin with; the others are imports of their own, one after another.</p>
    </div>
  )
}

/** Why a file was not taken; the area above stays open for the next one. */
function Refusal({ file, error, onRetry }: { file: string; error: unknown; onRetry: () => void }) {
  const { title, detail } = problemOf(error)
  // It is not the file that was refused.
  const passing = error instanceof ApiError && (error.passing || error.problem.status >= 500)
  return (
    <div role="alert" className={classes.refusal}>
      <h3>
        {file}: {title}
      </h3>
      <p>{detail}</p>
      {passing ? (
        <Button variant="default" onClick={onRetry} mt="sm" className="named" title={file}>
          Try again with {file}
        </Button>
      ) : (
        <p>Nothing was kept of it. Choose another file, or mend this one and choose it again.</p>
      )}
    </div>
  )
}
