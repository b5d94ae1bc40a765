import { parseArgs } from 'node:util'
import { apiHelp, apiOptions, type Command } from '../../command.ts'
import { findId, kinds } from '../../flags/look-up.ts'
import { type Client, importPath } from '../../http/client.ts'
import { connect } from '../../http/connect.ts'
import { UsageError } from '../../http/errors.ts'
import { unmatchedLines } from '../../print/print-titles.ts'
import { painter } from '../../terminal/io.ts'
import { count, quoted } from '../../terminal/text.ts'
import type { Import, UnmatchedTitle } from '../../types.ts'

const help = `Usage: muster alias ID TITLE --course COURSE [options]

Teaches which course a title of a file means, for its company from now on. Then let the stored file be checked again
with muster revalidate.

      --course COURSE   title or id of a course that the company may use
      --company NAME    the company as the file names it; needed when the title is unmatched for several
      --once            for this import only
      --json            print what is still unmatched as JSON
${apiHelp.slice(1)}
`

export const aliasCommand: Command = {
  name: 'alias',
  summary: 'teach which course a title of a file means',
  help,
  run: async (args, io) => {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        ...apiOptions,
        course: { type: 'string' },
        company: { type: 'string' },
        once: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
      },
    })
    const [id, title, ...others] = positionals
    if (!id || !title) throw new UsageError('ID and TITLE are needed: muster alias ID TITLE --course COURSE.')
    if (others.length > 0) throw new UsageError('One title at a time; quote it when it holds spaces.')
    if (!values.course) throw new UsageError('--course is missing: which course does the title mean?')
    const client = await connect(values, io)
    const company = values.company ?? (await companyOf(client, id, title, io.signal))
    const course = await findId(client, kinds.course, values.course, {}, io.signal)
    const alias = { title, company, course, once: values.once }
    const body = { aliases: [alias] }
    const left = await client.json<Left>(importPath(id, '/aliases'), { method: 'POST', body, signal: io.signal })
    io.out(values.json ? `${JSON.stringify(left, null, 2)}\n` : leftText(left, id, painter(io.stdout, io.env)))
    return 0
  },
}

interface Left {
  count: number
  unmatchedTitles: UnmatchedTitle[]
}

/** Returns the company for which the title is unmatched, if there is only one. */
async function companyOf(client: Client, id: string, title: string, signal: AbortSignal): Promise<string> {
  const { problem } = await client.json<Import>(importPath(id), { signal })
  const titles = Array.isArray(problem?.unmatchedTitles) ? (problem.unmatchedTitles as UnmatchedTitle[]) : []
  const companies = [...new Set(titles.filter((one) => one.title === title).map(({ company }) => company))]
  const [only, second] = companies
  if (only === undefined)
    throw new UsageError(`The import has no unmatched title ${quoted(title)}: say --company, too.`)
  if (second === undefined) return only
  throw new UsageError(
    `${quoted(title)} is unmatched for ${companies.map(quoted).join(', ')}: say which with --company.`,
  )
}

function leftText(
  { count: left, unmatchedTitles }: Left,
  id: string,
  paint: Parameters<typeof unmatchedLines>[2],
): string {
  if (left === 0) return `Taught. Every title is known now.\n\nmuster revalidate ${id} --watch  check the file again\n`
  const lines = unmatchedLines(unmatchedTitles, left, paint).map((line) => `  ${line}`)
  // The list has a title once for each company, but the problem counts it once. If the list is complete, count as the
  // problem does.
  const distinct = left === unmatchedTitles.length ? new Set(unmatchedTitles.map(({ title }) => title)).size : left
  return `Taught. ${count(distinct, 'title is', 'titles are')} still unmatched:\n\n${lines.join('\n')}\n`
}
