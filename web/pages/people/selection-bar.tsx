import { Button, Checkbox } from '@mantine/core'
import { formatNumber, plural } from '../../parts/format.ts'
import classes from './people.module.css'
import { SendAgain, type Sending } from './send-again.tsx'
import type { PeopleQuery } from './use-people-filter.ts'
import type { Selection } from './use-selection.ts'

interface Props {
  selection: Selection
  /** People who were read so far. */
  shown: number
  /** There are others beyond those. */
  more: boolean
  query: PeopleQuery
  sending: Sending
}

/** Who is chosen, and what can be done with them. */
export function SelectionBar({ selection, shown, more, query, sending }: Props) {
  const { chosen, everybody, chooseShown, chooseEverybody } = selection
  const all = everybody || (shown > 0 && chosen.size === shown)
  return (
    <section className={classes.bar} aria-label="Chosen people">
      <Checkbox
        label={more ? `All ${formatNumber(shown)} on this page` : `All ${formatNumber(shown)}`}
        checked={all}
        indeterminate={!all && chosen.size > 0}
        onChange={(event) => chooseShown(event.currentTarget.checked)}
      />
      <span className={`${classes.chosen} soft`} role="status">
        {everybody
          ? 'All that match are chosen'
          : chosen.size > 0 && `${plural(chosen.size, 'person', 'people')} chosen`}
      </span>
      {more && !everybody && (
        <Button variant="subtle" onClick={chooseEverybody}>
          Choose all that match
        </Button>
      )}
      <SendAgain
        sending={sending}
        ids={[...chosen]}
        everybody={everybody}
        query={query}
        onSent={() => chooseShown(false)}
      />
    </section>
  )
}
