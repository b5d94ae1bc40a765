import { MAX_LISTED_ELEMENTS } from '../../limits.ts'
import { drain } from '../workbook.ts'
import { tooComplex } from '../workbook-problem.ts'
import { decodeXml } from '../xml/xml-text.ts'
import type { ZipParts } from '../zip.ts'
import { builtInStyle, customStyle, type NumberStyle } from './number-style.ts'

/** A spreadsheet has at most 65,490 cell styles; a list without end would fill the heap. */
const MAX_STYLES = 100_000

/** How numbers are shown under each cell style, in the order in which cells refer to them. */
export async function readStyles(zip: ZipParts, part: string | null): Promise<NumberStyle[]> {
  const formats = new Map<number, NumberStyle>()
  const styles: NumberStyle[] = []
  if (part === null || !zip.has(part)) return styles
  let inCellFormats = false
  await drain(zip, part, {
    idle: 0,
    mostIdle: MAX_LISTED_ELEMENTS,
    open(name, tag) {
      if (name === 'numFmt') {
        const { numFmtId, formatCode } = tag.attributes()
        formats.set(Number(numFmtId), customStyle(decodeXml(formatCode ?? '')))
      }
      if (formats.size > MAX_STYLES || styles.length > MAX_STYLES) throw tooComplex()
      if (name === 'cellXfs') inCellFormats = true
      if (name !== 'xf' || !inCellFormats) return
      const id = Number(tag.attribute('numFmtId') ?? 0)
      styles.push(formats.get(id) ?? builtInStyle(id))
    },
    close(name) {
      if (name === 'cellXfs') inCellFormats = false
    },
  })
  return styles
}
