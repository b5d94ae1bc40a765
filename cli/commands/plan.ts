import { parseArgs } from 'node:util'
import { apiHelp, apiOptions, type Command } from '../command.ts'
import { ReferenceNames } from '../flags/reference-names.ts'
import { importPath } from '../http/client.ts'
import { connect, oneArgument } from '../http/connect.ts'
import { UsageError } from '../http/errors.ts'
import { limitOf, pages } from '../http/pages.ts'
import { saveTo } from '../http/save-body.ts'
import { planLines, plannedRows, references } from '../print/print-plan.ts'
import { summaryText } from '../print/summary.ts'
import { columnsOf, painter } from '../terminal/io.ts'
import type { Import, PlanRow } from '../types.ts'

const actions = ['create', 'invite', 'update', 'skip', 'invalid']

const help = `Usage: muster plan ID [options]

Shows what an import in review, or a dry run, would do: the counts, then row by row who is created or invited, who
changes from what to what, who is skipped and why, and what is invalid.

      --action ACTION   only the rows to ${actions.slice(0, -1).join(', ')}, or those that are invalid
  -n, --limit N         rows to print (50)
      --csv FILE        save the whole plan as a table; a folder takes the name that the API gives, - is stdout
      --json            print the import with its plan and these rows as JSON
${apiHelp.slice(1)}
`

export const planCommand: Command = {
  name: 'plan',
  summary: 'show what an import would do to each person',
  help,
  run: async (args, io) => {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        ...apiOptions,
        action: { type: 'string' },
        limit: { type: 'string', short: 'n', default: '50' },
        csv: { type: 'string' },
        json: { type: 'boolean', default: false },
      },
    })
    const id = oneArgument(positionals, 'ID')
    const { action } = values
    if (action !== undefined && !actions.includes(action)) {
      throw new UsageError(`--action takes ${actions.slice(0, -1).join(', ')} or ${actions.at(-1)}.`)
    }
    const limit = limitOf(values.limit)
    const client = await connect(values, io)
    if (values.csv !== undefined) return saveTo(client, importPath(id, '/plan.csv'), values.csv, 'plan.csv', io)
    const query = action === undefined ? {} : { action }
    const rows = await pages<PlanRow>(client, importPath(id, '/plan'), query, limit, io.signal)
    const found = await client.json<Import>(importPath(id), { signal: io.signal })
    if (values.json) {
      io.out(`${JSON.stringify({ import: found, rows }, null, 2)}\n`)
      return 0
    }
    const names = new ReferenceNames()
    await names.learn(client, rows, references, io.signal)
    const paint = painter(io.stdout, io.env)
    const lines = planLines(rows, names, plannedRows(found, action) - rows.length, paint)
    io.out(summaryText(found, { paint, width: columnsOf(io.stdout), api: client.target.url, planned: lines }))
    return 0
  },
}
