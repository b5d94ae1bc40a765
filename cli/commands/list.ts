import { parseArgs } from 'node:util'
import { apiHelp, apiOptions, type Command } from '../command.ts'
import { connect } from '../connect.ts'
import { UsageError } from '../errors.ts'
import { listText } from '../import-list.ts'
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
    if (!/^[1-9]\d{0,2}$/.test(values.limit)) throw new UsageError('--limit takes a number from 1 to 999.')
    const client = await connect(values, io)
    const imports: Import[] = []
    let cursor: string | null = ''
    while (cursor !== null && imports.length < Number(values.limit)) {
      const query = new URLSearchParams({ limit: String(Math.min(100, Number(values.limit) - imports.length)) })
      if (cursor !== '') query.set('cursor', cursor)
      const page: { items: Import[]; next: string | null } = await client.json(`/v1/imports?${query}`)
      imports.push(...page.items)
      cursor = page.items.length === 0 ? null : page.next
    }
    const shown = imports.slice(0, Number(values.limit))
    io.out(values.json ? `${JSON.stringify(shown, null, 2)}\n` : listText(shown))
    return 0
  },
}
