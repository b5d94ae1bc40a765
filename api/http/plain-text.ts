/** Makes text storable in PostgreSQL: removes NUL and replaces half a surrogate pair with U+FFFD. */
export function plainText(text: string): string {
  return text.replaceAll('\0', '').replace(/\p{Surrogate}/gu, '\uFFFD')
}
