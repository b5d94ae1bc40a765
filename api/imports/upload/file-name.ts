import { plainText } from '../../http/plain-text.ts'

/** Characters of a file's name that are kept. No common file system allows more. */
const MAX_NAME = 255

/** Returns a file's name for display: without folders (RFC 6266, section 4.3) and control characters, NFC, never empty. */
export function fileNameOf(given: string | undefined): string {
  const last = (given ?? '').split(/[\\/]/).at(-1) ?? ''
  const clean = plainText(last.normalize('NFC'))
    .replace(/\p{Cc}/gu, '')
    .trim()
  return [...clean].slice(0, MAX_NAME).join('') || 'upload'
}

/** Reads the file name of a `Content-Disposition` header. `filename*` wins over `filename` (RFC 6266, RFC 8187). */
export function dispositionName(header: string | undefined): string | undefined {
  if (header === undefined) return undefined
  const extended = /;\s*filename\*\s*=\s*utf-8'[^']*'([^;\s]+)/i.exec(header)?.[1]
  if (extended !== undefined) {
    try {
      return decodeURIComponent(extended)
    } catch {
      // The extended name is malformed. The plain name may be valid.
    }
  }
  const [, quoted, token] = /;\s*filename\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s]+))/i.exec(header) ?? []
  return quoted?.replace(/\\(.)/g, '$1') ?? token
}
