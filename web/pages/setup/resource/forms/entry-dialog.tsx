import { problemOf } from '../../../../api/problem.ts'
import { ConfirmButton } from '../../../../parts/forms/confirm-button.tsx'
import { RowsSkeleton } from '../../../../parts/states/skeletons.tsx'
import { EmptyState, ErrorState } from '../../../../parts/states/states-of-a-page.tsx'
import { useAccount } from '../../../../session/account.ts'
import { useMayManage } from '../may-manage.ts'
import classes from '../resource.module.css'
import type { AnyEntry, AnyResource } from '../resource.ts'
import { stillInUse } from '../still-in-use.ts'
import { useChange, useEntry, useRemove } from '../use-entries.ts'
import { Dialog } from './dialog.tsx'
import { FieldTexts } from './field-text.tsx'
import { ResourceForm } from './resource-form.tsx'

interface Props {
  resource: AnyResource
  id: string
  listed: AnyEntry[]
  /** Whether the list was read to its end: what is not in it is nowhere. */
  read: boolean
  onClose: () => void
}

/** One of a kind: its form for whoever may change it, what it says for everybody else. */
export function EntryDialog({ resource, id, listed, read, onClose }: Props) {
  const { item, error, isLoading } = useEntry(resource.part, id, listed)
  const gone = error ? error.problem.status === 404 : !isLoading && read
  const title = item ? resource.nameOf(item) : resource.title
  return (
    <Dialog title={title} onClose={onClose}>
      {item && <Entry resource={resource} item={item} onClose={onClose} />}
      {!item && error && !gone && <ErrorState problem={problemOf(error)} />}
      {!item && !error && (isLoading || !read) && <RowsSkeleton rows={3} />}
      {!item && gone && <EmptyState sentence={`There is no such ${resource.one}, or not any more.`} />}
    </Dialog>
  )
}

function Entry({ resource, item, onClose }: { resource: AnyResource; item: AnyEntry; onClose: () => void }) {
  const { part, fields, changes, Details, More } = resource
  const may = useMayManage(resource)
  const { id: self } = useAccount()
  const changing = useChange(part, item.id)
  const kept = resource.keeps?.(item, self) ?? null
  if (!may || kept !== null) {
    return (
      <>
        <FieldTexts fields={fields} item={item} />
        {kept !== null && <p className={classes.note}>{kept}</p>}
      </>
    )
  }
  return (
    <>
      {changes ? (
        <ResourceForm
          resource={resource}
          item={item}
          send="Save"
          onSend={(body) => changing.change(body).then(onClose)}
          isPending={changing.isPending}
          error={changing.error && stillInUse(changing.error, 'Not changed')}
        />
      ) : (
        <>
          <FieldTexts fields={fields} item={item} />
          {Details && <Details item={item} />}
        </>
      )}
      <div className={classes.acts}>
        {More && <More item={item} />}
        <Remove resource={resource} item={item} onClose={onClose} />
      </div>
    </>
  )
}

function Remove({ resource, item, onClose }: { resource: AnyResource; item: AnyEntry; onClose: () => void }) {
  const { part, one, nameOf, deleting, deleteVerb = 'Delete' } = resource
  const removal = useRemove(part, item.id)
  return (
    <ConfirmButton
      name={`${deleteVerb} this ${one}`}
      does={`“${nameOf(item)}” ${deleting}`}
      onConfirm={() => removal.remove(onClose)}
      error={removal.error && stillInUse(removal.error, `Not ${deleteVerb.toLowerCase()}d`)}
    />
  )
}
