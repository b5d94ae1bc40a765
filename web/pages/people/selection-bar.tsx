import { Button, Checkbox } from '@mantine/core'
import { formatNumber, plural } from '../../parts/page/format.ts'
import classes from './people.module.css'
import { SendAgain, type Sending } from './send-again.tsx'
import type { PeopleQuery } from './use-people-filter.ts'
import type { Selection } from './use-selection.ts'

interface Props {
  selection: Selection
  /** Everybody who matches; undefined: not counted yet. */
  count: number | undefined
  /** The page that is looked at: its first row from 0, how many it has, and the ids of its people once they were read. */
  here: { first: number; size: number; ids: string[] }
  query: PeopleQuery
  sending: Sending
}

/** Who is chosen, and what can be done with them. */
export function SelectionBar({ selection, count, here, query, sending }: Props) {
  const { everybody, ids, choose, chooseEverybody, chooseNobody } = selection
  const onPage = here.ids.filter(selection.has).length
  const all = onPage > 0 && onPage === here.ids.length
  const chosen = everybody ? Math.max(0, (count ?? 0) - ids.size) : ids.size
  // Whoever was read to the end is counted by that: where no count is known, others follow.
  const isLonger = count === undefined || count > here.size
  return (
    <section className={classes.bar} aria-label="Chosen people">
      <Checkbox
        label={nameOf(here.first, here.size, isLonger)}
        checked={all}
        indeterminate={!all && onPage > 0}
        disabled={here.ids.length === 0}
        onChange={(event) => choose(here.ids, event.currentTarget.checked)}
      />
      <span className={`${classes.chosen} soft`} role="status">
        {chosen > 0 &&
          (everybody && ids.size === 0
            ? `All ${formatNumber(chosen)} that match are chosen`
            : `${plural(chosen, 'person', 'people')} chosen`)}
      </span>
      {isLonger && !everybody && (
        <Button variant="subtle" onClick={chooseEverybody}>
          Choose all {count === undefined ? '' : `${formatNumber(count)} `}that match
        </Button>
      )}
      {chosen > (all ? onPage : 0) && (
        <Button variant="subtle" onClick={chooseNobody}>
          Choose nobody
        </Button>
      )}
      <SendAgain sending={sending} selection={selection} query={query} />
    </section>
  )
}

/** `All 87`, or of a long list `All in rows 501–600`. */
function nameOf(first: number, size: number, isLonger: boolean): string {
  if (!isLonger && first === 0) return `All ${formatNumber(size)}`
  return `All in rows ${formatNumber(first + 1)}–${formatNumber(first + size)}`
}
