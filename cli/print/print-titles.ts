import type { Paint } from '../terminal/io.ts'
import { number, plain, quoted, table } from '../terminal/text.ts'
import type { UnmatchedTitle } from '../types.ts'

/**
 * Formats every unmatched title with its company and rows in columns. The reason and suggestions follow below it.
 *
 * @param all the total, when `titles` does not hold all of them
 */
export function unmatchedLines(titles: readonly UnmatchedTitle[], all: number, paint: Paint): string[] {
  const untold = all - titles.length
  const [head = '', ...rows] = table([
    ['Title', 'Company', 'Rows'],
    ...titles.map(({ title, company, rows }) => [quoted(title), plain(company), rowsText(rows)]),
  ])
  return [
    paint('dim', head),
    ...rows.flatMap((row, i) => {
      const title = titles[i]
      return title ? [row, `  ${paint('yellow', '→')} ${advice(title)}`] : []
    }),
    ...(untold > 0 ? [`… and ${number(untold)} more`] : []),
  ]
}

/** `41 rows: 2, 5, 9, …` */
function rowsText({ count, first }: UnmatchedTitle['rows']): string {
  const named = first.map(String).join(', ')
  if (count === 1) return `row ${named}`
  return `${number(count)} rows: ${named}${count > first.length ? ', …' : ''}`
}

function advice({ reason, suggestions }: UnmatchedTitle): string {
  const offers = suggestions.map(quoted)
  if (reason === 'ambiguous') return `Several courses fit equally well; write one exactly: ${orList(offers)}`
  const meant = offers.length > 0 ? `Did you mean ${orList(offers)}?` : 'No title of this company comes close.'
  if (reason === 'not-available') {
    return `The course exists, but this company has no access to it.${offers.length > 0 ? ` ${meant}` : ''}`
  }
  return reason === 'unknown' ? `No such course. ${meant}` : `${plain(reason)}. ${meant}`
}

function orList(items: readonly string[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} or ${items.at(-1)}`
}
