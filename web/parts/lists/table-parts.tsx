// biome-ignore-all lint/a11y/useSemanticElements: a <table> whose rows are placed one by one is none to browsers any more
// biome-ignore-all lint/a11y/useFocusableInteractive: these roles are read, not pressed
import { Checkbox, VisuallyHidden } from '@mantine/core'
import type { CSSProperties, ReactNode, Ref } from 'react'
import { Link } from 'wouter'
import classes from './data-table.module.css'

export interface Column<Row> {
  /** The head of the column; on a phone it stands before the value. */
  title: string
  cell: (row: Row) => ReactNode
  /** A track of the grid: `2fr`, `8rem`. Default `1fr`. */
  width?: string
  align?: 'right'
  /** It is the link of its row; default: the first column is. */
  leads?: true
  /** On a phone: left out, or without its title, as what says for itself what it is. */
  onPhone?: 'none' | 'bare'
}

/** What a table shows of its rows. */
export interface Shown<Row> {
  /** What the table holds, for those who do not see it: `Imports`. */
  name: string
  columns: Column<Row>[]
  idOf: (row: Row) => string
  /** Where a row leads. */
  linkTo?: (row: Row) => string
  /** Checkboxes: the chosen ids, what choosing does, and what a row is called. */
  selection?: {
    chosen: Pick<ReadonlySet<string>, 'has'>
    choose: (id: string, on: boolean) => void
    nameOf: (row: Row) => string
  }
}

interface FrameProps<Row> extends Pick<Shown<Row>, 'name' | 'columns' | 'selection'> {
  /** Rows in all, without the head; undefined: nobody knows. */
  count: number | undefined
  /** The row group. */
  children: ReactNode
}

/** A table with its head. */
export function TableFrame<Row>({ name, columns, selection, count, children }: FrameProps<Row>) {
  const tracks = [...(selection ? ['2.25rem'] : []), ...columns.map(({ width }) => width ?? 'minmax(0, 1fr)')]
  return (
    <div
      role="table"
      aria-label={name}
      aria-rowcount={count === undefined ? -1 : count + 1}
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
      {children}
    </div>
  )
}

interface RowProps<Row> extends Omit<Shown<Row>, 'name'> {
  /** undefined: it is not read yet. */
  row: Row | undefined
  /** Its place in the list, from 0. */
  index: number
  ref?: Ref<HTMLDivElement>
  style?: CSSProperties
}

/** A row that leads somewhere, or stands where one will be. */
export function TableRow<Row>({ row, index, ref, style, columns, idOf, linkTo, selection }: RowProps<Row>) {
  const id = row && idOf(row)
  const leading = Math.max(
    columns.findIndex(({ leads }) => leads),
    0,
  )
  return (
    <div
      role="row"
      ref={ref}
      data-index={index}
      aria-rowindex={index + 2}
      aria-busy={row ? undefined : true}
      className={classes.row}
      style={style}
    >
      {selection && (
        <span role="cell" className={classes.choice}>
          {row && id !== undefined && (
            <Checkbox
              checked={selection.chosen.has(id)}
              onChange={(event) => selection.choose(id, event.currentTarget.checked)}
              aria-label={`Choose ${selection.nameOf(row)}`}
            />
          )}
        </span>
      )}
      {columns.map((column, place) =>
        row ? (
          <Cell
            key={column.title}
            column={column}
            row={row}
            to={place === leading ? linkTo?.(row) : undefined}
            leads={place === leading}
          />
        ) : (
          <span key={column.title} role="cell" className={classes.cell} data-on-phone={column.onPhone}>
            <span className={classes.coming} />
          </span>
        ),
      )}
    </div>
  )
}

interface CellProps<Row> {
  column: Column<Row>
  row: Row
  to: string | undefined
  leads: boolean
}

function Cell<Row>({ column: { title, cell, align, onPhone }, row, to, leads }: CellProps<Row>) {
  return (
    <span
      role="cell"
      className={classes.cell}
      data-leads={leads || undefined}
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
