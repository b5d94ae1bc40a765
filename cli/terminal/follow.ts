import { ReferenceNames } from '../flags/reference-names.ts'
import { type Client, importPath } from '../http/client.ts'
import { planLines, plannedRows, references } from '../print/print-plan.ts'
import { summaryText } from '../print/summary.ts'
import { hasPlan, type Import, type ImportRow, invalidCount, type PlanRow } from '../types.ts'
import { exitCodeOf } from './exit-code.ts'
import { columnsOf, type Io, type Paint, painter } from './io.ts'
import { ProgressDisplay } from './progress-display.ts'
import { watchImport } from './watch.ts'

/** Rows with errors in a summary. `muster errors` shows all of them. */
const ROWS_SHOWN = 5

/** Rows of a plan in a summary. */
const PLAN_SHOWN = 10

/**
 * Follows an import with a progress display until it ends or waits for an administrator.
 *
 * @param leaving the status that the command has just ended, if any
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

/** Prints an import as JSON or as a summary, and returns the exit code. */
export async function report(client: Client, found: Import, json: boolean, io: Io): Promise<number> {
  if (json) io.out(`${JSON.stringify(found, null, 2)}\n`)
  else {
    const paint = painter(io.stdout, io.env)
    const context = {
      paint,
      width: columnsOf(io.stdout),
      api: client.target.url,
      // The plan also shows what is wrong with a row.
      ...(hasPlan(found)
        ? { planned: await firstPlanned(client, found, paint, io.signal) }
        : { invalidRows: await firstInvalidRows(client, found, io.signal) }),
    }
    io.out(summaryText(found, context))
  }
  return exitCodeOf(found)
}

/** Returns the first rows of the plan. Like the rows with errors, they are optional: the summary works without them. */
async function firstPlanned(client: Client, found: Import, paint: Paint, signal: AbortSignal): Promise<string[]> {
  const rows = await firstRows<PlanRow>(client, importPath(found.id, `/plan?limit=${PLAN_SHOWN}`), signal)
  if (rows.length === 0) return []
  const names = new ReferenceNames()
  await names.learn(client, rows, references, signal)
  return planLines(rows, names, plannedRows(found, undefined) - rows.length, paint)
}

/** Returns the first rows with errors and what is wrong with them. */
async function firstInvalidRows(client: Client, found: Import, signal: AbortSignal): Promise<ImportRow[]> {
  const rejected = found.status === 'rejected' && found.counts.records > 0
  if (invalidCount(found) === 0 && !rejected) return []
  return firstRows<ImportRow>(client, importPath(found.id, `/rows?outcome=invalid&limit=${ROWS_SHOWN}`), signal)
}

async function firstRows<T>(client: Client, path: string, signal: AbortSignal): Promise<T[]> {
  try {
    const { items } = await client.json<{ items: T[] }>(path, { signal })
    return items
  } catch {
    signal.throwIfAborted()
    return []
  }
}
