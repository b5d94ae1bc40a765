import { Worker } from 'node:worker_threads'
import { type ReadLimits, THREAD_HEAP_MB } from '../limits.ts'
import type { FileFormat, OpenedFile, ReadHints } from '../opened-file.ts'
import type { ByteSource } from '../source/byte-source.ts'
import type { SourceRecord } from '../source/source-record.ts'
import { tooComplex } from '../workbook/workbook-problem.ts'
import { Messages } from './messages.ts'
import type { ThreadInput } from './protocol.ts'
import { ServedFile } from './served-file.ts'

/**
 * Opens a file in a thread of its own, so that no file can block this process or fill its heap, and records are parsed
 * while the caller stores the ones before.
 *
 * @param file text is streamed; of a workbook only the parts that the sheet needs are read
 * @throws FileProblem, what the file throws, or the reason of the signal
 */
export async function openInThread(
  file: ByteSource,
  format: FileFormat,
  { encoding, delimiter, sheet, signal }: ReadHints,
  limits: ReadLimits,
): Promise<OpenedFile> {
  const thread = startThread({ format, size: file.size, choices: { encoding, delimiter, sheet }, limits })
  const served = new ServedFile(file, limits.fileBytes, signal)
  const exhausted = format === 'xlsx' ? tooComplex : () => new Error('The reading thread is stuck or out of memory')
  const messages = new Messages(thread, served, { signal, silenceMs: limits.silenceMs, exhausted })
  const close = async () => {
    messages.stop()
    await thread.terminate()
  }
  try {
    const opened = await messages.next()
    if (opened.type !== 'opened') throw new Error(`The reading thread began with ${opened.type}`)
    const { type: _, ...table } = opened
    return { ...table, batches: batchesOf(messages, close), close }
  } catch (error) {
    await close()
    throw error
  }
}

/** Runs JavaScript in `dist/`. Tests and tsx run the sources through a loader, because Node 20 reads no TypeScript. */
function startThread(input: ThreadInput): Worker {
  const script = import.meta.url.endsWith('.ts') ? './reading-thread-from-sources.mjs' : './reading-thread.js'
  return new Worker(new URL(script, import.meta.url), {
    workerData: input,
    resourceLimits: { maxOldGenerationSizeMb: THREAD_HEAP_MB, maxYoungGenerationSizeMb: 16 },
    // The thread prints nothing. Keeps output of a library out of the process's output.
    stdout: true,
    stderr: true,
  })
}

async function* batchesOf(messages: Messages, close: () => Promise<void>): AsyncGenerator<SourceRecord[]> {
  try {
    for (;;) {
      const message = await messages.next()
      if (message.type !== 'records') return
      yield message.records
      messages.confirm()
    }
  } finally {
    await close()
  }
}
