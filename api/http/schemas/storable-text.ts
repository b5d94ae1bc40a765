import { plainText } from '../plain-text.ts'

/** Arguments of `refine` for a text that must be stored unchanged. */
export const storable: [(text: string) => boolean, { error: string }] = [
  (text) => text === plainText(text),
  { error: 'contains characters that cannot be stored' },
]
