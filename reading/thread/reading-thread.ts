import { parentPort, workerData } from 'node:worker_threads'
import { FileProblem } from '../file-problem.ts'
import { BATCH_CHARACTERS, BATCH_RECORDS, BATCHES_AHEAD } from '../limits.ts'
import type { OpenedTable } from '../opened-file.ts'
import type { SourceRecord } from '../source/source-record.ts'
import { openText } from '../text/open-text.ts'
import { openSheet } from '../workbook/sheet-table.ts'
import { AskedFile } from './asked-file.ts'
import type { ThreadInput, ThreadMessage, ThreadOrder } from './protocol.ts'

/** The thread that reads a file. Its heap has a limit of its own, and a full heap ends only the thread. */
if (parentPort === null) throw new Error('reading-thread.ts runs in a worker thread only')
const port = parentPort
const { format, size, choices, limits } = workerData as ThreadInput
const file = new AskedFile(size, port)

/** Batches that may still be sent. The reader confirms each batch that it took. */
let credit = BATCHES_AHEAD
let wake: (() => void) | null = null

port.on('message', (order: ThreadOrder) => {
  if (order.type === 'bytes') return file.answer(order.id, order.bytes)
  credit++
  wake?.()
})

try {
  await read()
} catch (error) {
  if (!(error instanceof FileProblem)) throw error
  send({ type: 'problem', code: error.code, message: error.message, place: error.place })
}
port.close()

async function read(): Promise<void> {
  const { batches, ...table } = format === 'csv' ? await openText(file, choices, limits) : await openWorkbook()
  send({ type: 'opened', ...table })
  let pending: SourceRecord[] = []
  let characters = 0
  for await (const records of batches) {
    for (const record of records) {
      pending.push(record)
      for (const cell of record.cells) characters += cell.length
      if (pending.length < BATCH_RECORDS && characters < BATCH_CHARACTERS) continue
      await sendRecords(pending)
      pending = []
      characters = 0
    }
  }
  if (pending.length > 0) await sendRecords(pending)
  send({ type: 'end' })
}

async function openWorkbook(): Promise<OpenedTable> {
  const { sheet, sheets, evidence, ...table } = await openSheet(file, choices.sheet, limits)
  return { ...table, detection: { format: 'xlsx', encoding: null, delimiter: null, sheet, sheets, evidence } }
}

async function sendRecords(records: SourceRecord[]): Promise<void> {
  while (credit <= 0) {
    await new Promise<void>((resolve) => {
      wake = resolve
    })
  }
  credit--
  send({ type: 'records', records })
}

function send(message: ThreadMessage): void {
  port.postMessage(message)
}
