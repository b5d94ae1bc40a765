/**
 * Measures how fast files are read, and their peak memory: `npx tsx bench/reading.ts [CSV rows] [workbook rows]`. Each case
 * runs in a process of its own, because the peak belongs to the process.
 */
import { execFileSync } from 'node:child_process'
import { createReadStream, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import writeWorkbook from 'write-excel-file/node'
import { type ByteSource, FileProblem, openFile } from '../reading/index.ts'
import { sheet, textRow } from '../test/reading/workbook/workbook-writer.ts'

const header = [
  'enabled',
  'name',
  'last_name',
  'email',
  'companyName',
  'cohortName',
  'languageCode',
  'module requested 1',
]

function person(index: number): (string | number)[] {
  const [company, cohort, course] = [index % 20, index % 100, index % 50]
  const name = [`Näme${index % 5_000}`, `Last${index}`, `person${index}@example.org`]
  return [1, ...name, `Company ${company}`, `Cohort ${cohort}`, 'en-GB', `Course – ${course}`]
}

async function writeCases(folder: string, csvRows: number, sheetRows: number): Promise<void> {
  const lines = [header, ...Array.from({ length: csvRows }, (_, index) => person(index))]
  writeFileSync(join(folder, 'people.csv'), lines.map((cells) => `${cells.join(';')}\r\n`).join(''))
  const table = [header, ...Array.from({ length: sheetRows }, (_, index) => person(index))]
  await (await writeWorkbook(table)).toFile(join(folder, 'people.xlsx'))
  writeFileSync(join(folder, 'ragged.csv'), `a;b\r\n${'1;2;3\r\n'.repeat(csvRows / 4)}`)
  const quote = 'Ann;ann@example.org\r\n'.repeat(3_000_000)
  writeFileSync(join(folder, 'unclosed-quote.csv'), `name;email\r\n"Bob;bob@example.org\r\n${quote}`)
  writeFileSync(join(folder, 'bomb.xlsx'), sheet(textRow(1, ['a']) + '<row><c><v>1</v></c></row>'.repeat(10_000_000)))
  writeFileSync(
    join(folder, 'dtd.xlsx'),
    sheet('', { parts: [{ name: 'xl/styles.xml', content: '<!DOCTYPE a [<!ENTITY b "c">]><a/>' }] }),
  )
}

/** Reads a file on disk like one in the store, a megabyte at a time. */
function source(path: string): ByteSource {
  const size = statSync(path).size
  const read = async (start: number, end: number) => {
    const file = await open(path)
    const { buffer, bytesRead } = await file.read(Buffer.alloc(end - start), 0, end - start, start)
    await file.close()
    return buffer.subarray(0, bytesRead)
  }
  return { size, open: () => createReadStream(path, { highWaterMark: 1024 * 1024 }), read }
}

/** Reads one file and prints a line. */
async function measure(path: string): Promise<void> {
  const base = process.resourceUsage().maxRSS / 1024
  const start = performance.now()
  let rows = 0
  let outcome = ''
  try {
    const file = await openFile(source(path), { fileName: path })
    for await (const batch of file.batches) rows += batch.length
    outcome = `${rows.toLocaleString('en')} rows`
  } catch (error) {
    if (!(error instanceof FileProblem)) throw error
    outcome = `refused: ${error.code}`
  }
  const seconds = (performance.now() - start) / 1000
  const peak = process.resourceUsage().maxRSS / 1024
  const speed = rows > 0 ? `, ${Math.round(rows / seconds).toLocaleString('en')} rows/s` : ''
  console.log(
    `${outcome} in ${seconds.toFixed(2)} s${speed}; peak ${peak.toFixed(0)} MB (${base.toFixed(0)} MB before)`,
  )
}

/** Runs this script in a child process. The parent stays small, because a child starts with its parent's peak memory. */
function again(...args: string[]): string {
  return execFileSync(process.execPath, ['--import', 'tsx', process.argv[1] ?? '', ...args], { encoding: 'utf8' })
}

const [first, second, third, fourth] = process.argv.slice(2)
if (first === '--measure' && second !== undefined) {
  await measure(second)
} else if (first === '--write' && second !== undefined) {
  await writeCases(second, Number(third), Number(fourth))
} else {
  const folder = mkdtempSync(join(tmpdir(), 'muster-reading-'))
  try {
    again('--write', folder, first ?? '1700000', second ?? '200000')
    for (const name of ['people.csv', 'ragged.csv', 'unclosed-quote.csv', 'people.xlsx', 'bomb.xlsx', 'dtd.xlsx']) {
      process.stdout.write(`${name.padEnd(20)}${again('--measure', join(folder, name))}`)
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}
