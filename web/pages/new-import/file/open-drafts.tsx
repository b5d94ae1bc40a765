import { Link } from 'wouter'
import { ConfirmButton } from '../../../parts/forms/confirm-button.tsx'
import { Time } from '../../../parts/page/time.tsx'
import { type Draft, useDiscardDraft } from '../draft/draft.ts'
import classes from './file-step.module.css'

/** What was begun and not imported. */
export function OpenDrafts({ drafts }: { drafts: Draft[] }) {
  const discard = useDiscardDraft()
  if (drafts.length === 0) return null
  return (
    <section className={classes.drafts} aria-labelledby="drafts">
      <h2 id="drafts">Begun and not imported yet</h2>
      <ul>
        {drafts.map((draft) => (
          <li key={draft.id}>
            <Link href={`/import/${draft.id}`} className="file-name" title={draft.file.name}>
              Go on with {draft.file.name}
            </Link>
            <span className="soft">
              last changed <Time at={draft.updatedAt} />
            </span>
            <ConfirmButton
              name={`Discard ${draft.file.name}`}
              short="Discard"
              does="The file and what was chosen for it are deleted. Nobody was imported, and nobody will be."
              onConfirm={() => discard.mutateAsync(draft)}
              error={discard.error}
            />
          </li>
        ))}
      </ul>
    </section>
  )
}
