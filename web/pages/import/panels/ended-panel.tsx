import { Button } from '@mantine/core'
import { Link } from 'wouter'
import { addressOf } from '../../../api/request.ts'
import type { Import } from '../../../api/schema.ts'
import { plural } from '../../../parts/page/format.ts'
import { DownloadIcon } from '../../../parts/page/icons.tsx'
import classes from './panel.module.css'
import { rowsLeft, stays } from './what-stays.ts'

/** What became of an import that has ended, in a sentence. */
export function endSentence(entry: Import): string {
  const { status, options, counts } = entry
  const nothing = counts.created + counts.invited + counts.updated + counts.assignments === 0
  if (status === 'cancelled' && nothing) return 'Nothing was written, and nobody got an e-mail.'
  if (status === 'cancelled') return `What was done stays: ${stays(entry)}${whatWasLeft(entry)}`
  if (options.dryRun) return 'This was a check only: nothing was written, nobody got an e-mail.'
  const done = stays(entry)
  const said = nothing ? 'Everybody in the file is there already; nothing was changed.' : done
  const errors = counts.invalid > 0 ? ` ${plural(counts.invalid, 'row has', 'rows have')} errors and was left out.` : ''
  return said + (counts.invalid > 1 ? errors.replace('was left', 'were left') : errors)
}

/** What a cancelled import did not do. */
function whatWasLeft(entry: Import): string {
  const { counts, options } = entry
  const rest = rowsLeft(entry) > 0 ? ' The rest of the file was left out.' : ''
  const unsent = options.sendEmails && counts.emails.sent + counts.emails.failed < counts.created + counts.invited
  return unsent ? `${rest} Not everybody got an e-mail: send it from the list of people.` : rest
}

/** The results as files, and the way to the next import. */
export function Downloads({ entry: { id, status, counts, options } }: { entry: Import }) {
  const path = { id }
  const over = status === 'completed' || status === 'cancelled'
  return (
    <div className={classes.actions}>
      {counts.invalid > 0 && (
        <FileButton
          href={addressOf('GET /v1/imports/{id}/errors.csv', { path })}
          name="Download the rows with errors"
        />
      )}
      {over && !options.dryRun && (
        <>
          <FileButton href={addressOf('GET /v1/imports/{id}/result.csv', { path })} name="Export CSV" />
          <FileButton href={addressOf('GET /v1/imports/{id}/result.json', { path })} name="Export JSON" />
        </>
      )}
      {over && counts.invalid > 0 && <WayToNext name="Upload a corrected file" />}
      {over && <WayToNext name="Import another file" />}
    </div>
  )
}

function WayToNext({ name }: { name: string }) {
  return (
    <Button component={Link} href="/import" variant="default">
      {name}
    </Button>
  )
}

function FileButton({ href, name }: { href: string; name: string }) {
  return (
    <Button component="a" href={href} download variant="default" leftSection={<DownloadIcon size={16} />}>
      {name}
    </Button>
  )
}
