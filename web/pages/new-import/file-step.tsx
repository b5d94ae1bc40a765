import { Button } from '@mantine/core'
import { useLocation } from 'wouter'
import { ApiError, problemOf } from '../../api/problem.ts'
import { TemplateList } from '../../parts/template-list.tsx'
import { type Draft, useCreateDraft } from './draft.ts'
import { DropArea } from './drop-area.tsx'
import classes from './file-step.module.css'

/** Takes a file in; what was chosen for the one before stays chosen. */
export function FileStep({ before }: { before?: Draft }) {
  const [, go] = useLocation()
  const { mutate, isPending, error, variables } = useCreateDraft()
  const take = (file: File) =>
    mutate(before ? { file, before } : { file }, {
      onSuccess: ({ id }) => go(`/import/${id}`, { replace: before !== undefined }),
    })
  return (
    <>
      <DropArea onFile={take} busy={isPending ? (variables?.file.name ?? '') : null} />
      {error && !isPending && variables && (
        <Refusal file={variables.file.name} error={error} onRetry={() => take(variables.file)} />
      )}
      <section className={classes.templates} aria-labelledby="templates">
        <h3 id="templates">No file yet? Begin with one of these.</h3>
        <TemplateList />
        <p className="soft">Any other list is welcome, too: in the next step you say which column is what.</p>
      </section>
    </>
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
        <Button variant="default" onClick={onRetry} mt="sm">
          Try again with {file}
        </Button>
      ) : (
        <p>Nothing was kept of it. Choose another file, or mend this one and choose it again.</p>
      )}
    </div>
  )
}
