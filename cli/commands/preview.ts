import { parseArgs } from 'node:util'
import { apiHelp, apiOptions, type Command } from '../command.ts'
import { findId, kinds } from '../flags/look-up.ts'
import { mappingFlags, mappingHelp, mappingOf } from '../flags/mapping-flags.ts'
import { readingFields, readingFlags, readingHelp } from '../flags/reading-flags.ts'
import { connect, oneArgument } from '../http/connect.ts'
import { fileToSend } from '../http/file-to-send.ts'
import { type Preview, previewText } from '../print/print-preview.ts'
import { exitCodes } from '../terminal/exit-code.ts'
import { columnsOf, painter } from '../terminal/io.ts'

const help = `Usage: muster preview FILE [options]

Shows how a file would be read: what it is and why, which column is which field and who says so, its first ten people,
what would refuse it, whether it was imported before, and the command that imports it so. Nothing of it is kept.

      --template ID        onboarding, invitation, team or none; without it the one that the headers fit
${mappingHelp}
      --company NAME       of everybody whose row names none; its saved mappings are looked at first
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
        ...mappingFlags,
        ...readingFlags,
        template: { type: 'string' },
        company: { type: 'string' },
        json: { type: 'boolean', default: false },
      },
    })
    const given = oneArgument(positionals, 'FILE')
    const file = await fileToSend(given, io.cwd)
    const mapping = await mappingOf(values, io.cwd)
    const client = await connect(values, io)
    const { template, company } = values
    const reading = readingFields(values)
    const fields = {
      ...(template === undefined ? {} : { template }),
      ...(mapping === null ? {} : { mapping: JSON.stringify(mapping) }),
      ...(company === undefined ? {} : { company: await findId(client, kinds.company, company, {}, io.signal) }),
      ...reading,
    }
    const shown = await client.upload<Preview>('/v1/imports/preview', file, fields, {}, { signal: io.signal })
    const same = Object.entries({ ...(company === undefined ? {} : { company }), ...reading })
    const command = ['muster', 'import', given, ...same.flatMap(([flag, value]) => [`--${flag}`, value])]
    const text = previewText(shown, command, painter(io.stdout, io.env), columnsOf(io.stdout))
    io.out(values.json ? `${JSON.stringify(shown, null, 2)}\n` : text)
    return shown.problems.length > 0 ? exitCodes.rejected : exitCodes.done
  },
}
