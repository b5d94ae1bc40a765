import { parseArgs } from 'node:util'
import { apiHelp, apiOptions, type Command } from '../command.ts'
import type { Client } from '../http/client.ts'
import { connect, oneArgument } from '../http/connect.ts'
import { UsageError } from '../http/errors.ts'
import { saveTo } from '../http/save-body.ts'
import { type Template, templateText } from '../print/print-template.ts'
import type { Io } from '../terminal/io.ts'
import { painter } from '../terminal/io.ts'
import { plain, table } from '../terminal/text.ts'

const help = `Usage: muster templates [ID] [options]

Lists the templates; with an ID, its columns and their rules. With -o it saves a file to fill in: the headers and three
example rows.

  -o, --output FILE    a name that ends in .xlsx or .csv; a folder takes the template's name as CSV, - is stdout
      --json           print as JSON
${apiHelp.slice(1)}
`

export const templatesCommand: Command = {
  name: 'templates',
  summary: 'list templates, or save one to fill in',
  help,
  run: async (args, io) => {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        ...apiOptions,
        output: { type: 'string', short: 'o' },
        json: { type: 'boolean', default: false },
      },
    })
    const id = positionals.length === 0 ? null : oneArgument(positionals, 'ID')
    const { output } = values
    if (output !== undefined && id === null)
      throw new UsageError('Say which template to save: muster templates ID -o FILE.')
    const client = await connect(values, io)
    if (id === null) return list(client, values.json, io)
    const path = `/v1/templates/${encodeURIComponent(id)}`
    if (output !== undefined) {
      const extension = /\.xlsx$/i.test(output) ? 'xlsx' : 'csv'
      return saveTo(client, `${path}.${extension}`, output, `${id}.${extension}`, io)
    }
    const found = await client.json<Template>(path, { signal: io.signal })
    io.out(values.json ? `${JSON.stringify(found, null, 2)}\n` : templateText(found, painter(io.stdout, io.env)))
    return 0
  },
}

async function list(client: Client, json: boolean, io: Io): Promise<number> {
  const { items } = await client.json<{ items: Template[] }>('/v1/templates', { signal: io.signal })
  const lines = table(items.map(({ id, purpose }) => [plain(id), plain(purpose)]))
  const more = 'muster templates ID shows its columns; with -o ID.xlsx it saves a file to fill in.'
  io.out(json ? `${JSON.stringify(items, null, 2)}\n` : `${lines.join('\n')}\n\n${more}\n`)
  return 0
}
