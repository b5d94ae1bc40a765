/** Text that PostgreSQL stores as it is: without NUL, and with U+FFFD for half a surrogate pair. */
export function plainText(text: string): string {
  return text.replaceAll('\0', '').replace(/\p{Surrogate}/gu, '\uFFFD')
}
