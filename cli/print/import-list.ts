import { number, padStart, plain, table } from '../terminal/text.ts'
import type { Import } from '../types.ts'

/** Formats imports as a table: time, status, counts, and the id that the other commands take. */
export function listText(imports: readonly Import[]): string {
  if (imports.length === 0) return 'There is no import yet.\n'
  const figures = imports.map(({ counts }) =>
    [counts.records, counts.created + counts.invited, counts.updated, counts.invalid].map(number),
  )
  const heads = ['Rows', 'New', 'Updated', 'Errors']
  const widths = heads.map((head, i) => Math.max(head.length, ...figures.map((row) => row[i]?.length ?? 0)))
  const right = (cells: readonly string[]) => cells.map((cell, i) => padStart(cell, widths[i] ?? 0))
  const rows = imports.map(({ id, createdAt, status, file }, i) => [
    createdAt.slice(0, 16).replace('T', ' '),
    status,
    ...right(figures[i] ?? []),
    id,
    plain(file.name),
  ])
  return `${table([['Created (UTC)', 'Status', ...right(heads), 'ID', 'File'], ...rows]).join('\n')}\n`
}
