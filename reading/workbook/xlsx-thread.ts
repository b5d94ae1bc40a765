import { parentPort, workerData } from 'node:worker_threads'
import { FileProblem } from '../file-problem.ts'
import { SHEET_BATCH_CHARACTERS, SHEET_BATCH_ROWS, SHEET_BATCHES_AHEAD } from '../limits.ts'
import type { SourceRecord } from '../source/source-record.ts'
import { openSheet } from './sheet-table.ts'
import type { ThreadInput, ThreadMessage, ThreadOrder } from './workbook-file.ts'

/** The thread in which a workbook is read: its heap has a limit of its own, and a full one ends only the thread. */
if (parentPort === null) throw new Error('xlsx-thread.ts runs in a worker thread only')
const port = parentPort
const { size, sheet, limits } = workerData as ThreadInput

/** Batches that may still be sent; whoever reads gives one back for each that it took. */
let credit = SHEET_BATCHES_AHEAD
let wake: (() => void) | null = null

/** Who waits for bytes, by the number of the question. */
const asked = new Map<number, (bytes: Uint8Array) => void>()
let questions = 0

port.on('message', (order: ThreadOrder) => {
  if (order.type === 'bytes') {
    asked.get(order.id)?.(order.bytes)
    asked.delete(order.id)
    return
  }
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
  const table = await openSheet({ size, read: ask }, sheet, limits)
  send({
    type: 'opened',
    sheet: table.sheet,
    sheets: table.sheets,
    evidence: table.evidence,
    header: table.header,
    headerRow: table.headerRow,
  })
  let pending: SourceRecord[] = []
  let characters = 0
  for await (const records of table.batches) {
    for (const record of records) {
      pending.push(record)
      for (const cell of record.cells) characters += cell.length
      if (pending.length < SHEET_BATCH_ROWS && characters < SHEET_BATCH_CHARACTERS) continue
      await sendRecords(pending)
      pending = []
      characters = 0
    }
  }
  if (pending.length > 0) await sendRecords(pending)
  send({ type: 'end' })
}

/** Bytes of the file, which the main thread reads. When it cannot, it ends this thread. */
function ask(start: number, end: number): Promise<Uint8Array> {
  const id = questions++
  return new Promise((resolve) => {
    asked.set(id, resolve)
    send({ type: 'read', id, start, end })
  })
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
