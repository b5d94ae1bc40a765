import { parseArgs } from 'node:util'
import { apiHelp, apiOptions, type Command } from '../command.ts'
import { connect, oneArgument } from '../connect.ts'
import { exitCodes } from '../exit-code.ts'
import { fileToSend } from '../file-to-send.ts'
import { columnsOf, painter } from '../io.ts'
import { type Preview, previewText } from '../print-preview.ts'
import { readingFlags, readingHelp, readingQuery } from '../reading-flags.ts'

const help = `Usage: muster preview FILE [options]

Shows how a file would be read, its first ten people and what would refuse it. Nothing of it is kept.

      --template ID        onboarding (the default) or another one of the API
${readingHelp}
      --json               print the preview as JSON
${apiHelp.slice(1)}

Exit codes: 0 the file can be imported, 3 something refuses it.
`

export const previewCommand: Command = {
  name: 'preview',
  summary: 'look at a file before importing it',
  help,
  run: async (args, io) => {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        ...apiOptions,
        ...readingFlags,
        template: { type: 'string', default: 'onboarding' },
        json: { type: 'boolean', default: false },
      },
    })
    const file = await fileToSend(oneArgument(positionals, 'FILE'), io.cwd)
    const query = new URLSearchParams({ template: values.template, name: file.name, ...readingQuery(values) })
    const client = await connect(values, io)
    const shown = await client.upload<Preview>(`/v1/imports/preview?${query}`, file, {}, { signal: io.signal })
    const text = previewText(shown, painter(io.stdout, io.env), columnsOf(io.stdout))
    io.out(values.json ? `${JSON.stringify(shown, null, 2)}\n` : text)
    return shown.problems.length > 0 ? exitCodes.rejected : exitCodes.done
  },
}
