import { parseArgs } from 'node:util'
import { apiHelp, apiOptions, type Command } from '../command.ts'
import { importPath } from '../http/client.ts'
import { connect, oneArgument } from '../http/connect.ts'
import { UsageError } from '../http/errors.ts'
import { saveTo } from '../http/save-body.ts'

const help = `Usage: muster result ID [options]

Prints what became of each person, or saves it.

      --json           summary and lists as JSON (the default)
      --csv            a row a user, for a spreadsheet
      --errors         the same as muster errors ID -o -: the rows with errors, to correct and import again
      --plan           the same as muster plan ID --csv -: what an import in review, or a dry run, would do
  -o, --output FILE    save there; a folder takes the name that the API gives, with a time stamp; - is stdout
${apiHelp.slice(1)}
`

export const resultCommand: Command = {
  name: 'result',
  summary: 'print or save what became of each person',
  help,
  run: async (args, io) => {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        ...apiOptions,
        json: { type: 'boolean', default: false },
        csv: { type: 'boolean', default: false },
        errors: { type: 'boolean', default: false },
        plan: { type: 'boolean', default: false },
        output: { type: 'string', short: 'o' },
      },
    })
    const id = oneArgument(positionals, 'ID')
    if ([values.json, values.csv, values.errors, values.plan].filter(Boolean).length > 1) {
      throw new UsageError('Choose one of --json, --csv, --errors and --plan.')
    }
    const name = nameOf(values)
    const client = await connect(values, io)
    return saveTo(client, importPath(id, `/${name}`), values.output, name, io)
  },
}

function nameOf({ errors, plan, csv }: { errors: boolean; plan: boolean; csv: boolean }): string {
  if (errors) return 'errors.csv'
  if (plan) return 'plan.csv'
  return csv ? 'result.csv' : 'result.json'
}
