// biome-ignore-all lint/a11y/useSemanticElements: a <table> whose rows are placed one by one is none to browsers any more
import { type RefObject, useEffect, useLayoutEffect, useReducer, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import classes from './data-table.module.css'
import { PLACE, useFilter } from './filters.tsx'
import { LongScroll } from './long-scroll.ts'
import { type Shown, TableFrame, TableRow } from './table-parts.tsx'

/** A list of a known length that is read where it is looked at (`useLongList`). */
interface LongList<Row> {
  total: number
  /** Others may follow while it is false. */
  isCounted: boolean
  /** undefined: not read yet. */
  at: (index: number) => Row | undefined
  /** Reads the rows from the first to the last; `middle` is what somebody looks at. */
  look: (first: number, last: number, middle: number) => void
}

/**
 * A table of a million rows or more: the scroll bar spans all of them, a jump shows the rows of that place when they are
 * read, and neither the page nor its memory grows. The place stands in the address.
 */
export function LongTable<Row>({ list, ...shown }: Shown<Row> & { list: LongList<Row> }) {
  const { total, isCounted, at, look } = list
  const frame = useRef<HTMLDivElement>(null)
  const body = useRef<HTMLDivElement>(null)
  const scroll = useLongScroll(total, isCounted, frame, body)
  const { first, last, middle } = scroll
  useEffect(() => look(first, last, middle), [look, first, last, middle])
  const indexes = Array.from({ length: Math.max(0, last - first + 1) }, (_, place) => first + place)
  return (
    <TableFrame {...shown} count={total}>
      <div ref={frame} className={classes.long}>
        <div role="rowgroup" ref={body} className={classes.rows}>
          {indexes.map((index) => (
            <TableRow
              key={index}
              {...shown}
              row={at(index)}
              index={index}
              {...(at(index) ? {} : { style: { minHeight: scroll.rowHeight } })}
            />
          ))}
        </div>
      </div>
    </TableFrame>
  )
}

type Box = RefObject<HTMLDivElement | null>

function useLongScroll(total: number, isCounted: boolean, frame: Box, body: Box): LongScroll {
  const [, draw] = useReducer((times: number) => times + 1, 0)
  const onRest = useRef(() => {})
  const [scroll] = useState(
    () =>
      new LongScroll(
        total,
        (now) => (now ? flushSync(draw) : draw()),
        () => onRest.current(),
      ),
  )
  useLayoutEffect(() => {
    if (frame.current && body.current) return scroll.attach(frame.current, body.current)
  }, [scroll, frame, body])
  useLayoutEffect(() => scroll.resize(total), [scroll, total])
  usePlace(scroll, isCounted, onRest)
  useLayoutEffect(() => scroll.settle())
  return scroll
}

/** Keeps the row at the top of the window in the address, and goes to the one that an address was opened with. */
function usePlace(scroll: LongScroll, isCounted: boolean, onRest: RefObject<() => void>): void {
  const [place, setPlace] = useFilter(PLACE)
  const known = useRef<string | null>(null)
  useLayoutEffect(() => {
    if (!isCounted || place === known.current) return
    known.current = place
    scroll.goTo(/^\d{1,9}$/.test(place ?? '') ? Number(place) - 1 : 0)
  }, [scroll, isCounted, place])
  useEffect(() => {
    onRest.current = () => {
      const now = scroll.row === 0 ? null : String(scroll.row + 1)
      if (!isCounted || now === known.current) return
      known.current = now
      setPlace(now)
    }
  })
}
