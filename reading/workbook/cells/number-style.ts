/** How a number is shown. */
export type NumberStyle =
  /** As it is; also under a currency, a per cent sign, thousands separators: what was stored is the value. */
  | { kind: 'plain' }
  /** An id of an employee, a customer or a contract. `null` is a digit of the number, and a string is literal text. */
  | { kind: 'id'; pattern: readonly (string | null)[] }
  /** As a day, with the time of the day or without. */
  | { kind: 'date'; time: boolean }
  /** A time of day, without its date. */
  | { kind: 'time' }
  /** As hours, minutes or seconds that go on beyond a day. */
  | { kind: 'duration' }

const PLAIN: NumberStyle = { kind: 'plain' }

/**
 * Formats without a code in the file (ECMA-376, part 1, section 18.8.30): 14–17 dates, 18–21, 45 and 47 times, 22 both,
 * 46 a duration; 27–36 and 50–58 are dates or times in East Asian versions.
 */
export function builtInStyle(id: number): NumberStyle {
  if (id === 46) return { kind: 'duration' }
  if ((id >= 18 && id <= 21) || id === 45 || id === 47) return { kind: 'time' }
  if (id === 22 || (id >= 32 && id <= 35)) return { kind: 'date', time: true }
  if ((id >= 14 && id <= 17) || (id >= 27 && id <= 36) || (id >= 50 && id <= 58)) return { kind: 'date', time: false }
  return PLAIN
}

/** Reads a format code such as `yyyy-mm-dd;@`, `[$-407]d. mmmm yyyy`, `00000` or `"A"0000`. */
export function customStyle(code: string): NumberStyle {
  const pattern = idPattern(code)
  if (pattern !== null) return { kind: 'id', pattern }
  const bare = code
    .replace(/"[^"]*"?|\\.|_.|\*./g, '')
    // Up to the next bracket of either kind: looking for the end from each of many would cost their square.
    .replace(/\[(?!(?:h+|m+|s+)\])[^\][]*\]/gi, '')
    .replace(/General/gi, '')
    .split(';')[0]
  if (bare === undefined || /^[\s#,.%?/]*$/.test(bare)) return PLAIN
  if (/[0#?]/.test(bare.replace(/[.,]0+/g, ''))) return PLAIN
  if (/\[(?:h+|m+|s+)\]/i.test(bare)) return { kind: 'duration' }
  if (/[hs]/i.test(bare) && !/[yde]|mmm/i.test(bare)) return { kind: 'time' }
  return /[ymdhse]/i.test(bare) ? { kind: 'date', time: /[hs]/i.test(bare) } : PLAIN
}

/** One thing after the other of a format's first section, the one for positive numbers. */
const PARTS =
  /"(?<quoted>[^"]*)"|\\(?<escaped>.)|_.|\[(?:\$-[0-9a-f]+|[a-z]+)\]|(?<zero>0)|(?<bare>[- ():])|(?<end>;)|(?<other>.)/gisuy

/** Longer ones are no ids, and each number would be written out to this length. */
const LONGEST_ID_FORMAT = 100

/**
 * The formats that people use to show a number as an id: digits that are all shown (`00000`, `000-0000`), with a text
 * before or between them (`"A"0000`, `\K\D-00000`), and a text with a letter before a single digit (`"EMP"0`). A text
 * behind that is set off by a space is a unit (`00 "km"`); what groups, rounds or hides digits is a quantity.
 */
function idPattern(code: string): (string | null)[] | null {
  if (code.length > LONGEST_ID_FORMAT) return null
  const pattern: (string | null)[] = []
  for (const { groups = {} } of code.matchAll(PARTS)) {
    if (groups.other !== undefined) return null
    if (groups.end !== undefined) break
    if (groups.zero !== undefined) pattern.push(null)
    else pattern.push(groups.quoted ?? groups.escaped ?? groups.bare ?? '')
  }
  const [first, last] = [pattern.indexOf(null), pattern.lastIndexOf(null)]
  const [before, behind] = [pattern.slice(0, first).join(''), pattern.slice(last + 1).join('')]
  if (first < 0 || behind.startsWith(' ') || /\p{Sc}|%/u.test(before + behind)) return null
  if (first === last && (behind !== '' || !/\p{L}/u.test(before) || before.endsWith(' '))) return null
  return pattern
}
