// biome-ignore-all lint/a11y/useSemanticElements: a <table> whose rows are placed one by one is none to browsers any more
// biome-ignore-all lint/a11y/useFocusableInteractive: these roles are read, not pressed
import { Checkbox, VisuallyHidden } from '@mantine/core'
import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { type CSSProperties, type ReactNode, type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { Link } from 'wouter'
import classes from './data-table.module.css'

export interface Column<Row> {
  /** The head of the column; on a phone it stands before the value. */
  title: string
  cell: (row: Row) => ReactNode
  /** A track of the grid: `2fr`, `8rem`. Default `1fr`. */
  width?: string
  align?: 'right'
  /** On a phone: left out, or without its title, as what says for itself what it is. */
  onPhone?: 'none' | 'bare'
}

interface Props<Row> {
  /** What the table holds, for those who do not see it: `Imports`. */
  name: string
  columns: Column<Row>[]
  rows: Row[]
  idOf: (row: Row) => string
  /** Where a row leads; its first column is the link. */
  linkTo?: (row: Row) => string
  /** Checkboxes: the chosen ids, what choosing does, and what a row is called. */
  selection?: { chosen: ReadonlySet<string>; choose: (id: string, on: boolean) => void; nameOf: (row: Row) => string }
  /** From `useList`: reads on when the end comes near. */
  more?: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown }
  /** How many there are in all, where that is known. */
  total?: number
}

/** Pixels of a row before it was measured, and rows that are drawn beyond the window. */
const USUAL_HEIGHT = 57
const BEYOND = 12

/** A table of any length: only the rows in the window are there, and the next page is read before it is needed. */
export function DataTable<Row>({ name, columns, rows, idOf, linkTo, selection, more, total }: Props<Row>) {
  const list = useRef<HTMLDivElement>(null)
  const virtual = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => USUAL_HEIGHT,
    overscan: BEYOND,
    scrollMargin: useTop(list),
    getItemKey: (index) => idOf(rows[index] as Row),
  })
  const shown = virtual.getVirtualItems()
  useReadOn(shown.at(-1)?.index ?? 0, rows.length, more)
  const tracks = [...(selection ? ['2.25rem'] : []), ...columns.map(({ width }) => width ?? 'minmax(0, 1fr)')]
  return (
    <div
      role="table"
      aria-label={name}
      aria-rowcount={more?.hasNextPage ? (total ?? -1) : rows.length + 1}
      className={classes.table}
      style={{ '--tracks': tracks.join(' ') } as CSSProperties}
    >
      <div role="rowgroup" className={classes.head}>
        <div role="row" className={classes.row}>
          {selection && (
            <span role="columnheader">
              <VisuallyHidden>Chosen</VisuallyHidden>
            </span>
          )}
          {columns.map(({ title, align }) => (
            <span role="columnheader" key={title} data-align={align}>
              {title}
            </span>
          ))}
        </div>
      </div>
      <div role="rowgroup" ref={list} className={classes.body} style={{ height: virtual.getTotalSize() }}>
        {shown.map(({ index, key, start }) => {
          const row = rows[index] as Row
          const id = idOf(row)
          return (
            <div
              role="row"
              key={key}
              ref={virtual.measureElement}
              data-index={index}
              aria-rowindex={index + 2}
              className={classes.row}
              style={{ transform: `translateY(${start - virtual.options.scrollMargin}px)` }}
            >
              {selection && (
                <span role="cell" className={classes.choice}>
                  <Checkbox
                    checked={selection.chosen.has(id)}
                    onChange={(event) => selection.choose(id, event.currentTarget.checked)}
                    aria-label={`Choose ${selection.nameOf(row)}`}
                  />
                </span>
              )}
              {columns.map((column, place) => (
                <Cell
                  key={column.title}
                  column={column}
                  row={row}
                  to={place === 0 ? linkTo?.(row) : undefined}
                  first={place === 0}
                />
              ))}
            </div>
          )
        })}
      </div>
      {more?.isFetchingNextPage && (
        <p role="status" className={classes.more}>
          Reading more …
        </p>
      )}
    </div>
  )
}

interface CellProps<Row> {
  column: Column<Row>
  row: Row
  to: string | undefined
  first: boolean
}

function Cell<Row>({ column: { title, cell, align, onPhone }, row, to, first }: CellProps<Row>) {
  return (
    <span
      role="cell"
      className={classes.cell}
      data-first={first || undefined}
      data-align={align}
      data-on-phone={onPhone}
    >
      <span className={classes.title} aria-hidden="true">
        {title}
      </span>
      {to === undefined ? (
        <span className={classes.value}>{cell(row)}</span>
      ) : (
        <Link href={to} className={classes.link}>
          {cell(row)}
        </Link>
      )}
    </span>
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
