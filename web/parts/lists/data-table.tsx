// biome-ignore-all lint/a11y/useSemanticElements: a <table> whose rows are placed one by one is none to browsers any more
import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react'
import classes from './data-table.module.css'
import { type Shown, TableFrame, TableRow } from './table-parts.tsx'

export type { Column } from './table-parts.tsx'

interface Props<Row> extends Shown<Row> {
  rows: Row[]
  /** From `useList`: reads on when the end comes near. */
  more?: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown }
}

/** Pixels of a row before it was measured, and rows that are drawn beyond the window. */
const USUAL_HEIGHT = 57
const BEYOND = 12

/**
 * A table that is read from its beginning: only the rows in the window are drawn, and the next page is read before it is
 * needed. What was read stays: for lists of which nobody knows the end, or that are short. Others: `LongTable`.
 */
export function DataTable<Row>({ rows, more, ...shown }: Props<Row>) {
  const list = useRef<HTMLDivElement>(null)
  const virtual = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => USUAL_HEIGHT,
    overscan: BEYOND,
    scrollMargin: useTop(list),
    getItemKey: (index) => shown.idOf(rows[index] as Row),
  })
  const items = virtual.getVirtualItems()
  useReadOn(items.at(-1)?.index ?? 0, rows.length, more)
  return (
    <>
      <TableFrame {...shown} count={more?.hasNextPage ? undefined : rows.length}>
        <div role="rowgroup" ref={list} className={classes.body} style={{ height: virtual.getTotalSize() }}>
          {items.map(({ index, key, start }) => (
            <TableRow
              key={key}
              {...shown}
              row={rows[index]}
              index={index}
              ref={virtual.measureElement}
              style={{ transform: `translateY(${start - virtual.options.scrollMargin}px)` }}
            />
          ))}
        </div>
      </TableFrame>
      {more?.isFetchingNextPage && (
        <p role="status" className={classes.more}>
          Reading more …
        </p>
      )}
    </>
  )
}

/** Pixels between the top of the page and the list, which rows are placed from. */
function useTop(list: RefObject<HTMLDivElement | null>): number {
  const [top, setTop] = useState(0)
  useLayoutEffect(() => {
    const measure = () => {
      if (list.current) setTop(list.current.getBoundingClientRect().top + window.scrollY)
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(document.body)
    return () => observer.disconnect()
  }, [list])
  return top
}

function useReadOn(last: number, count: number, more: Props<unknown>['more']): void {
  const wanted = more?.hasNextPage && !more.isFetchingNextPage && last >= count - 2 * BEYOND
  useEffect(() => {
    if (wanted) more.fetchNextPage()
  }, [wanted, more])
}
