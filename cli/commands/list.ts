import { parseArgs } from 'node:util'
import { apiHelp, apiOptions, type Command } from '../command.ts'
import { connect } from '../http/connect.ts'
import { limitOf, pages } from '../http/pages.ts'
import { listText } from '../print/import-list.ts'
import type { Import } from '../types.ts'

const help = `Usage: muster list [options]

Lists imports, the latest first.

  -n, --limit N     how many (20)
      --json        print them as JSON
${apiHelp.slice(1)}
`

export const listCommand: Command = {
  name: 'list',
  summary: 'list imports, the latest first',
  help,
  run: async (args, io) => {
    const { values } = parseArgs({
      args,
      options: {
        ...apiOptions,
        limit: { type: 'string', short: 'n', default: '20' },
        json: { type: 'boolean', default: false },
      },
    })
    const limit = limitOf(values.limit)
    const client = await connect(values, io)
    const shown = await pages<Import>(client, '/v1/imports', {}, limit, io.signal)
    io.out(values.json ? `${JSON.stringify(shown, null, 2)}\n` : listText(shown))
    return 0
  },
}
