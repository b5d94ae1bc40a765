import { expect, test } from 'vitest'
import { readXml } from '../../../reading/workbook/xml/xml.ts'
import type { XmlHandler } from '../../../reading/workbook/xml/xml-handler.ts'

/** Returns the calls that a handler gets for XML in pieces of this many bytes. */
async function events(xml: string, bytes = 1_000_000): Promise<unknown[]> {
  const told: unknown[] = []
  const handler: XmlHandler = {
    idle: 0,
    open: (name, tag) => told.push([name, { ...tag.attributes() }]),
    close: (name) => told.push(`/${name}`),
    text: (text) => told.push(text),
  }
  const whole = Buffer.from(xml)
  async function* source() {
    for (let at = 0; at < whole.byteLength; at += bytes) yield whole.subarray(at, at + bytes)
  }
  for await (const _ of readXml(source(), handler)) {
    // The handler collects the events.
  }
  return told
}

const document = `<?xml version="1.0" encoding="UTF-8"?>
<!-- <not/> > an element -->
<x:a xmlns:x="urn:x" r = 'A"1>' empty="">
<b/><c d="&lt;1&gt;"
 e="2" />t&amp;é😀<![CDATA[<raw>&amp;]]></x:a >
`

test('XML is split into the same tags and texts wherever it is cut', async () => {
  const whole = [
    ['a', { 'xmlns:x': 'urn:x', r: 'A"1>', empty: '' }],
    '\n',
    ['b', {}],
    '/b',
    ['c', { d: '&lt;1&gt;', e: '2' }],
    '/c',
    't&é😀',
    '<raw>&amp;',
    '/a',
  ]
  for (let bytes = 1; bytes < 40; bytes++) expect(await events(document, bytes)).toEqual(whole)
})

test('an attribute is found by its whole name, even after one whose name starts or ends like it', async () => {
  let found: (string | undefined)[] = []
  const handler: XmlHandler = {
    idle: 0,
    open(_, tag) {
      found = [tag.attribute('r'), tag.attribute('r2'), tag.attribute('s'), tag.attribute('__proto__')]
    },
    close() {},
  }
  async function* source() {
    yield Buffer.from(`<c x:r="0" r2="2" rr='r="9"' r="1" __proto__="p"/>`)
  }
  for await (const _ of readXml(source(), handler)) {
    // The handler collects the attributes.
  }
  expect(found).toEqual(['1', '2', undefined, 'p'])
})

test.each([
  ['an element that is not closed', '<a><b></b>'],
  ['an element that is closed by another name', '<a></b>'],
  ['an element that is closed by the start of its name', '<ab></a>'],
  ['an end without a start', '</a>'],
  ['a tag that is cut off', '<a></a'],
  ['a comment that is cut off', '<a/><!-- '],
  ['a tag within a tag', '<a <b/>'],
  ['a tag without a name', '<a>< b/></a>'],
  ['a value without quotation marks', '<a b=c/>'],
  ['an attribute without a value', '<a b/>'],
  ['a declaration of nothing', '<a><!ELEMENTS ></a>'],
])('%s is reported as a damaged workbook', async (_, xml) => {
  for (const bytes of [1, 1_000]) await expect(events(xml, bytes)).rejects.toMatchObject({ code: 'workbook-damaged' })
})
