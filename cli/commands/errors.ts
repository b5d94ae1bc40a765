import { parseArgs } from 'node:util'
import { apiHelp, apiOptions, type Command } from '../command.ts'
import { importPath } from '../http/client.ts'
import { connect, oneArgument } from '../http/connect.ts'
import { limitOf, pages } from '../http/pages.ts'
import { saveTo } from '../http/save-body.ts'
import { invalidCells } from '../print/summary.ts'
import { count, table } from '../terminal/text.ts'
import type { Import, ImportRow } from '../types.ts'
import { invalidCount } from '../types.ts'

const help = `Usage: muster errors ID [options]

Shows the rows with errors: row, column, what stands there and what is wrong with it.

  -o, --output FILE    save them to correct and import again: the file's own columns, order, delimiter and encoding, with
                       the reasons in front. A folder takes the name that the API gives, - is stdout
  -n, --limit N        rows to print (50)
      --json           print these rows as JSON
${apiHelp.slice(1)}
`

export const errorsCommand: Command = {
  name: 'errors',
  summary: 'show the rows with errors, or save them to correct',
  help,
  run: async (args, io) => {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        ...apiOptions,
        output: { type: 'string', short: 'o' },
        limit: { type: 'string', short: 'n', default: '50' },
        json: { type: 'boolean', default: false },
      },
    })
    const id = oneArgument(positionals, 'ID')
    const limit = limitOf(values.limit)
    const client = await connect(values, io)
    if (values.output !== undefined)
      return saveTo(client, importPath(id, '/errors.csv'), values.output, 'errors.csv', io)
    const rows = await pages<ImportRow>(client, importPath(id, '/rows'), { outcome: 'invalid' }, limit, io.signal)
    if (values.json) io.out(`${JSON.stringify(rows, null, 2)}\n`)
    else if (rows.length === 0) io.out('No row of this import has errors.\n')
    else {
      const found = await client.json<Import>(importPath(id), { signal: io.signal })
      const more = invalidCount(found) - rows.length
      const lines = [...table(invalidCells(rows)), ...(more > 0 ? [`… and ${count(more, 'row')} more`] : [])]
      io.out(`${lines.join('\n')}\n\nmuster errors ${id} -o .  save them to correct and import again\n`)
    }
    return 0
  },
}
