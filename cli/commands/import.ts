import { randomUUID } from 'node:crypto'
import { parseArgs } from 'node:util'
import { apiHelp, apiOptions, type Command } from '../command.ts'
import { connect, oneArgument } from '../connect.ts'
import { ApiProblem } from '../errors.ts'
import { exitCodes } from '../exit-code.ts'
import { fileToSend } from '../file-to-send.ts'
import { follow, report } from '../follow.ts'
import { importOptions, optionFlags } from '../import-options.ts'
import type { Io } from '../io.ts'
import { uploadText } from '../progress.ts'
import { readingFlags, readingHelp, readingQuery } from '../reading-flags.ts'
import type { Import } from '../types.ts'

const help = `Usage: muster import FILE [options]

Uploads a file of people. Without --watch it returns as soon as the file is stored; the import goes on by itself.

      --template ID        onboarding (the default) or another one of the API
      --update             users already there get the file's values; otherwise they are left as they are
      --no-emails          no activation e-mails; they can be sent later from the user list
      --review             stop after checking and wait for muster confirm
      --dry-run            check and report, write nothing
      --reject-invalid     one bad row refuses the file; otherwise bad rows are reported and the rest goes on
      --option KEY=VALUE   any other option of an import, for example --option blankCells=clear; repeatable
${readingHelp}
      --idempotency-key K  the same key and file give the same import; random unless given
  -w, --watch              follow the import to its end
      --json               print the import as JSON
${apiHelp.slice(1)}

Exit codes: 0 completed (or accepted, without --watch), 1 unexpected, 2 wrong usage, 3 refused, 4 completed with
invalid rows or failed e-mails, 5 paused or waiting for confirmation, 6 cancelled or failed.
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
        ...readingFlags,
        template: { type: 'string', default: 'onboarding' },
        'idempotency-key': { type: 'string' },
        watch: { type: 'boolean', short: 'w', default: false },
        json: { type: 'boolean', default: false },
      },
    })
    const file = await fileToSend(oneArgument(positionals, 'FILE'), io.cwd)
    const query = new URLSearchParams({ template: values.template, name: file.name, ...readingQuery(values) })
    const options = importOptions(values)
    if (Object.keys(options).length > 0) query.set('options', JSON.stringify(options))
    const client = await connect(values, io)
    io.err(`${uploadText(file.name, file.size)}\n`)
    const headers = { 'Idempotency-Key': values['idempotency-key'] ?? randomUUID() }
    const upload = client.upload<Import>(`/v1/imports?${query}`, file, headers, {
      signal: io.signal,
      onRetry: retry(io),
    })
    const accepted = await upload.catch(refused)
    if (!values.watch) return report(client, accepted, values.json, io)
    return report(client, await follow(client, accepted.id, io), values.json, io)
  },
}

function retry(io: Io) {
  return (why: string) => io.err(`${why} Trying again; the file is taken once however often it is sent.\n`)
}

/** The file itself was refused at the door, which is what exit code 3 stands for. */
const REFUSED_FILE = new Set([413, 415])
const REFUSED_CODES = new Set(['invalid-headers', 'unmatched-titles', 'invalid-rows'])

function refused(error: unknown): never {
  if (error instanceof ApiProblem) {
    const { status, code } = error.problem
    if (REFUSED_FILE.has(status) || REFUSED_CODES.has(code ?? '')) error.exitCode = exitCodes.rejected
    else if (status === 400 || status === 422) error.exitCode = exitCodes.usage
  }
  throw error
}
