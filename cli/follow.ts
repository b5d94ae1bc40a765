import { type Client, importPath } from './client.ts'
import { exitCodeOf } from './exit-code.ts'
import { columnsOf, type Io, painter } from './io.ts'
import { ProgressDisplay } from './progress-display.ts'
import { summaryText } from './summary.ts'
import type { Import, ImportRow } from './types.ts'
import { watchImport } from './watch.ts'

/** Rows with errors that a summary shows; all of them are one command away. */
const ROWS_SHOWN = 5

/**
 * Follows an import with a progress display until it has ended or waits for a person.
 *
 * @param leaving the status that the person has just answered, if any
 */
export async function follow(client: Client, id: string, io: Io, leaving?: string): Promise<Import> {
  const display = new ProgressDisplay(io)
  try {
    return await watchImport(client, id, {
      leaving,
      signal: io.signal,
      onProgress: (current) => display.show(current, performance.now()),
      onOutage: () => display.say('The API does not answer. The import does not need it and goes on; looking again…'),
    })
  } catch (error) {
    display.clear()
    if (io.signal.aborted) io.err(`The import goes on. Follow it again: muster status ${id} --watch\n`)
    throw error
  } finally {
    display.clear()
  }
}

/** Prints an import as JSON or as a summary for a person, and says with which exit code to end. */
export async function report(client: Client, found: Import, json: boolean, io: Io): Promise<number> {
  if (json) io.out(`${JSON.stringify(found, null, 2)}\n`)
  else {
    const invalidRows = await firstInvalidRows(client, found)
    const context = {
      paint: painter(io.stdout, io.env),
      width: columnsOf(io.stdout),
      api: client.target.url,
      invalidRows,
    }
    io.out(summaryText(found, context))
  }
  return exitCodeOf(found)
}

/** A few rows with what is wrong in them. They are an extra: without them the summary is still whole. */
async function firstInvalidRows(client: Client, { id, counts, plan, status }: Import): Promise<ImportRow[]> {
  const rejected = status === 'rejected' && counts.records > 0
  if (counts.invalid === 0 && (plan?.invalid ?? 0) === 0 && !rejected) return []
  try {
    const page = await client.json<{ items: ImportRow[] }>(importPath(id, `/rows?outcome=invalid&limit=${ROWS_SHOWN}`))
    return page.items.slice(0, ROWS_SHOWN)
  } catch {
    return []
  }
}
