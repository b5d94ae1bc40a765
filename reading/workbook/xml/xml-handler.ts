import type { XmlChunk } from './xml-chunk.ts'

/** A start tag. Attributes are parsed on request, because most elements are ignored. */
export interface XmlTag {
  /** Written as `<c/>`, without content. */
  empty: boolean
  /** One value, not decoded. */
  attribute(name: string): string | undefined
  /** Returns a value as a whole number, or NaN when it is not one. Makes no string, because most values are short. */
  number(name: string): number | undefined
  /** Returns the column number of a cell reference: 1 for `A7`, 28 for `AB12`, 0 without letters. */
  letters(name: string): number | undefined
  /** All values, not decoded, by the names as they are written. */
  attributes(): Record<string, string>
}

/** What a part of a workbook is read with. Names come without their namespace prefix. */
export interface XmlHandler {
  /** Elements without a value. The reader counts them, and the handler subtracts for each value. */
  idle: number
  /** Limit of `idle`. The default is the limit of a sheet. */
  mostIdle?: number
  /** The tag can be asked while this runs, not later. */
  open(name: string, tag: XmlTag): void
  close(name: string): void
  /** Text or CDATA, decoded. The text between two tags comes in one piece. */
  text?(text: string): void
  /** Returns a part of the chunk that can be skipped. */
  blank?(chunk: XmlChunk): BlankRun | null
}

/** Whole elements that a handler ignores, provided that they are direct children of the element `within`. */
export interface BlankRun {
  within: string
  /** Where they begin and end in the chunk. */
  start: number
  end: number
  /** How many there are, those in them included. */
  elements: number
}
