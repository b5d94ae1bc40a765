import { parseArgs } from 'node:util'
import { apiHelp, apiOptions, type Command } from '../../command.ts'
import { importPath } from '../../http/client.ts'
import { connect, oneArgument } from '../../http/connect.ts'
import { exitCodes } from '../../terminal/exit-code.ts'
import { follow, report } from '../../terminal/follow.ts'
import type { Import } from '../../types.ts'

/**
 * Makes a command that sends a decision to a waiting import: `POST /v1/imports/{id}/{name}`.
 *
 * @param explained the description for the help
 * @param leaves the status that the decision ends
 */
export function answerCommand(name: string, summary: string, explained: string, leaves?: string): Command {
  const help = `Usage: muster ${name} ID [options]

${explained}

  -w, --watch       follow the import to its end
      --json        print the import as JSON
${apiHelp.slice(1)}
`
  const run: Command['run'] = async (args, io) => {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        ...apiOptions,
        watch: { type: 'boolean', short: 'w', default: false },
        json: { type: 'boolean', default: false },
      },
    })
    const id = oneArgument(positionals, 'ID')
    const client = await connect(values, io)
    const answered = await client.json<Import>(importPath(id, `/${name}`), { method: 'POST', signal: io.signal })
    if (values.watch) {
      const code = await report(client, await follow(client, id, io, leaves), values.json, io)
      return name === 'cancel' && code === exitCodes.ended ? exitCodes.done : code
    }
    if (values.json) await report(client, answered, true, io)
    else io.out(`Accepted: ${name}. Follow the import with: muster status ${id} --watch\n`)
    return exitCodes.done
  }
  return { name, summary, help, run }
}
