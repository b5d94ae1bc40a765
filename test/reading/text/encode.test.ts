import { expect, test } from 'vitest'
import { encodeText, encodings } from '../../../reading/index.ts'
import { readAll } from '../read-all.ts'

// errors.csv must return the text that was sent, even where Node's own decoder treats Windows-1252 as Latin-1.
test.each(encodings)('text written in %s is read back the same, including typographic characters', async (encoding) => {
  const cells = ['3 €', '„Zoë“ – Größe', '‘x’…', 'Žižek Œuvre ™']
  const bytes = encodeText(`${encoding.startsWith('utf-16') ? '\ufeff' : ''}a;b;c;d\n${cells.join(';')}\n`, encoding)
  const { records, detection } = await readAll(bytes, { fileName: 'x.csv', encoding })
  expect(detection.encoding).toBe(encoding)
  expect(records[0]?.cells).toEqual(cells)
})
