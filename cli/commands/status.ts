import { parseArgs } from 'node:util'
import { apiHelp, apiOptions, type Command } from '../command.ts'
import { type Client, importPath } from '../http/client.ts'
import { connect, oneArgument } from '../http/connect.ts'
import { follow, report } from '../terminal/follow.ts'
import type { Import } from '../types.ts'

const help = `Usage: muster status [ID] [options]

Shows how an import stands: the latest one unless an ID is given. The exit code tells it too (muster help import).

  -w, --watch       follow it to its end
      --json        print the import as JSON
${apiHelp.slice(1)}
`

export const statusCommand: Command = {
  name: 'status',
  summary: 'show how an import stands',
  help,
  run: async (args, io) => {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        ...apiOptions,
        watch: { type: 'boolean', short: 'w', default: false },
        json: { type: 'boolean', default: false },
      },
    })
    const given = positionals.length === 0 ? null : oneArgument(positionals, 'ID')
    const client = await connect(values, io)
    const id = given ?? (await latestId(client))
    if (id === null) {
      io.err('There is no import yet.\n')
      return 0
    }
    const found = values.watch ? await follow(client, id, io) : await client.json<Import>(importPath(id))
    return report(client, found, values.json, io)
  },
}

async function latestId(client: Client): Promise<string | null> {
  const { items } = await client.json<{ items: Import[] }>('/v1/imports?limit=1')
  return items[0]?.id ?? null
}
