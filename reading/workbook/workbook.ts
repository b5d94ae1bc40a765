import { isSomethingElse } from '../detect/signature.ts'
import type { FileProblem } from '../file-problem.ts'
import { MAX_LISTED_ELEMENTS } from '../limits.ts'
import { damaged, tooComplex } from './workbook-problem.ts'
import { readXml } from './xml/xml.ts'
import type { XmlHandler } from './xml/xml-handler.ts'
import { decodeXml } from './xml/xml-text.ts'
import type { ZipParts } from './zip.ts'

/** A worksheet as the workbook lists it. */
export interface SheetEntry {
  name: string
  part: string
  hidden: boolean
}

/** What the workbook part says, and where the other parts are. */
export interface Workbook {
  sheets: SheetEntry[]
  date1904: boolean
  stylesPart: string | null
  sharedStringsPart: string | null
}

/** Relations of one part. Real workbooks have dozens; a list without end would fill the heap. */
const MAX_RELATIONS = 10_000

/** Sheets. Each that is empty is opened in the search for data: ten thousand that share one part take seconds. */
const MAX_SHEETS = 1_000

/** Parts that give away what a ZIP is when it is no workbook. */
const OTHER_KINDS: [part: RegExp, problem: () => FileProblem][] = [
  [/^xl\/workbook\.bin$/, () => isSomethingElse('file-is-xlsb', 'a binary workbook (.xlsb)')],
  [/^word\//, () => isSomethingElse('file-is-other-office', 'a Word document')],
  [/^ppt\//, () => isSomethingElse('file-is-other-office', 'a PowerPoint presentation')],
  [/^index\/(?:document|tables)/, () => isSomethingElse('file-is-numbers', 'a Numbers document')],
  [/^index\.(?:zip|numbers|xml)$/, () => isSomethingElse('file-is-numbers', 'a Numbers document')],
  [/^(?:content\.xml|meta-inf\/manifest\.xml)$/, () => isSomethingElse('file-is-ods', 'an OpenDocument file (.ods)')],
]

/** @throws FileProblem that says what the ZIP is instead, when it is no workbook */
export async function readWorkbook(zip: ZipParts): Promise<Workbook> {
  const part = await workbookPart(zip)
  if (part === null || !zip.has(part)) throw noWorkbook(zip)
  if (part.endsWith('.bin')) throw isSomethingElse('file-is-xlsb', 'a binary workbook (.xlsb)')
  const relations = await readRelations(zip, part)
  const { sheets, date1904 } = await readSheetList(zip, part, relations)
  const byType = (type: string) => [...relations.values()].find((relation) => relation.type === type)?.part ?? null
  return { sheets, date1904, stylesPart: byType('styles'), sharedStringsPart: byType('sharedStrings') }
}

function noWorkbook(zip: ZipParts): FileProblem {
  const names = zip.names()
  const kind = OTHER_KINDS.find(([part]) => names.some((name) => part.test(name)))
  return kind ? kind[1]() : isSomethingElse('file-is-archive', 'a ZIP archive, not a workbook')
}

async function workbookPart(zip: ZipParts): Promise<string | null> {
  if (!zip.has('_rels/.rels')) return zip.has('xl/workbook.xml') ? 'xl/workbook.xml' : null
  const relations = await readRelations(zip, '')
  const main = [...relations.values()].find(({ type }) => type === 'officeDocument')
  return main?.part ?? null
}

interface Relation {
  /** The last word of its URI: transitional and strict files differ only before it. */
  type: string
  part: string
}

async function readRelations(zip: ZipParts, of: string): Promise<Map<string, Relation>> {
  const slash = of.lastIndexOf('/')
  const folder = of.slice(0, slash + 1)
  const part = `${folder}_rels/${of.slice(slash + 1)}.rels`
  const relations = new Map<string, Relation>()
  if (!zip.has(part)) return relations
  await drain(zip, part, {
    idle: 0,
    mostIdle: MAX_LISTED_ELEMENTS,
    open(name, tag) {
      if (name !== 'Relationship') return
      const { Id, Type, Target, TargetMode } = tag.attributes()
      if (Id === undefined || Target === undefined || TargetMode === 'External') return
      if (relations.size >= MAX_RELATIONS) throw tooComplex()
      relations.set(Id, { type: (Type ?? '').split('/').at(-1) ?? '', part: resolvePart(folder, decodeXml(Target)) })
    },
    close() {},
  })
  return relations
}

/** A target that is no URI names no part: what needs it finds that it is missing. */
function resolvePart(folder: string, target: string): string {
  try {
    return decodeURI(new URL(target.replace(/%(?![0-9a-f]{2})/gi, '%25'), `part:///${folder}`).pathname).slice(1)
  } catch {
    return target
  }
}

async function readSheetList(
  zip: ZipParts,
  part: string,
  relations: Map<string, Relation>,
): Promise<{ sheets: SheetEntry[]; date1904: boolean }> {
  const sheets: SheetEntry[] = []
  let date1904 = false
  await drain(zip, part, {
    idle: 0,
    mostIdle: MAX_LISTED_ELEMENTS,
    open(name, tag) {
      if (name === 'workbookPr') date1904 = isTrue(tag.attribute('date1904'))
      if (name !== 'sheet') return
      const all = tag.attributes()
      const id = Object.entries(all).find(([key]) => key.endsWith(':id'))?.[1]
      const relation = relations.get(id ?? '')
      if (relation?.type !== 'worksheet') return
      if (sheets.length >= MAX_SHEETS) throw tooComplex()
      const hidden = all.state !== undefined && all.state !== 'visible'
      sheets.push({ name: decodeXml(all.name ?? ''), part: relation.part, hidden })
    },
    close() {},
  })
  if (sheets.length === 0) throw damaged('it has no sheet')
  return { sheets, date1904 }
}

/** Reads a small part whole. */
export async function drain(zip: ZipParts, part: string, handler: XmlHandler): Promise<void> {
  for await (const _ of readXml(zip.inflate(part), handler)) {
    // The handler keeps what matters.
  }
}

function isTrue(text: string | undefined): boolean {
  return text === '1' || text === 'true'
}
