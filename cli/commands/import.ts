import { randomUUID } from 'node:crypto'
import { parseArgs } from 'node:util'
import { apiHelp, apiOptions, type Command } from '../command.ts'
import { refuseContradictions } from '../flags/check-options.ts'
import { withPassword } from '../flags/default-password.ts'
import { importOptions, optionFlags } from '../flags/import-options.ts'
import { withIds } from '../flags/look-up.ts'
import { mappingFlags, mappingHelp, mappingOf } from '../flags/mapping-flags.ts'
import { optionsHelp } from '../flags/options-help.ts'
import { readingFields, readingFlags, readingHelp } from '../flags/reading-flags.ts'
import { connect, oneArgument } from '../http/connect.ts'
import { ApiProblem } from '../http/errors.ts'
import { fileToSend } from '../http/file-to-send.ts'
import { uploadText } from '../print/progress.ts'
import { exitCodes } from '../terminal/exit-code.ts'
import { follow, report } from '../terminal/follow.ts'
import type { Io } from '../terminal/io.ts'
import type { Import } from '../types.ts'

const help = `Usage: muster import FILE [options]

Uploads a file of people. Without --watch it returns as soon as the file is stored; the import goes on by itself.
With --review or --dry-run it stays until the file is checked and shows the plan.

The file
      --template ID        onboarding (the default), invitation, team or none: see muster templates
${mappingHelp}
      --save-mapping       keep the mapping for the company (--company), for the next file with these headers
${readingHelp}

Options. A name may be an id. docs/options.md lists the defaults
${optionsHelp}

The command
      --idempotency-key K  the same key and file give the same import; random unless given
  -w, --watch              follow the import to its end
      --json               print the import as JSON
${apiHelp.slice(1)}

Exit codes
  0  completed; without --watch: accepted
  1  something unexpected, or the API cannot be reached or refuses the request
  2  wrong usage, or options that the API does not take
  3  the file was refused, and nothing was written
  4  completed, with invalid rows or failed e-mails
  5  paused, or waiting for confirmation
  6  cancelled or failed
`

export const importCommand: Command = {
  name: 'import',
  summary: 'bring in the people of a file',
  help,
  run: async (args, io) => {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        ...apiOptions,
        ...optionFlags,
        ...mappingFlags,
        ...readingFlags,
        template: { type: 'string', default: 'onboarding' },
        'save-mapping': { type: 'boolean', default: false },
        'idempotency-key': { type: 'string' },
        watch: { type: 'boolean', short: 'w', default: false },
        json: { type: 'boolean', default: false },
      },
    })
    const file = await fileToSend(oneArgument(positionals, 'FILE'), io.cwd)
    const mapping = await mappingOf(values, io.cwd)
    const given = await importOptions(values, io.cwd)
    refuseContradictions(given, { template: values.template, mapping, saveMapping: values['save-mapping'] })
    const client = await connect(values, io)
    const options = await withPassword(await withIds(client, given, io.signal), io)
    const fields = {
      template: values.template,
      ...readingFields(values),
      ...(mapping === null ? {} : { mapping: JSON.stringify(mapping) }),
      ...(values['save-mapping'] ? { saveMapping: 'true' } : {}),
      ...(Object.keys(options).length > 0 ? { options: JSON.stringify(options) } : {}),
    }
    io.err(`${uploadText(file.name, file.size)}\n`)
    const headers = { 'Idempotency-Key': values['idempotency-key'] ?? randomUUID() }
    const sent = client.upload<Import>('/v1/imports', file, fields, headers, { signal: io.signal, onRetry: retry(io) })
    const accepted = await sent.catch(refused)
    // A review and a dry run follow the import, because their purpose is to show the plan.
    const stays = values.watch || options.review === true || options.dryRun === true
    return report(client, stays ? await follow(client, accepted.id, io) : accepted, values.json, io)
  },
}

function retry(io: Io) {
  return (why: string) => io.err(`${why} Trying again; the file is taken once however often it is sent.\n`)
}

/** The API rejected the file itself: exit code 3. */
const REFUSED_FILE = new Set([413, 415])

function refused(error: unknown): never {
  if (error instanceof ApiProblem) {
    const { status } = error.problem
    if (REFUSED_FILE.has(status)) error.exitCode = exitCodes.rejected
    else if (status === 400 || status === 422) error.exitCode = exitCodes.usage
  }
  throw error
}
