import { isDeepStrictEqual } from 'node:util'
import { createDatabase } from '../../db/core/database.ts'
import { dump } from '../support/dump.ts'
import type { Delivered, Sink } from '../support/servers/smtp-sink.ts'
import { linkOf } from '../support/servers/smtp-sink.ts'

export type End = Awaited<ReturnType<typeof dump>>

/** Reads the users of the stack's database with names instead of ids. */
export async function endOf(databaseUrl: string): Promise<End> {
  const { db } = createDatabase(databaseUrl, { connections: 2, name: 'story' })
  try {
    return await dump(db)
  } finally {
    await db.destroy()
  }
}

/** Entries of a section that a difference lists. All 20,000 would hide the cause. */
const MAX_LISTED = 3

/** Returns the differences between two final states. It is empty when they are equal. */
export function differences(found: End, expected: End): object[] {
  const sections = Object.keys(expected) as (keyof End)[]
  return sections.flatMap((section) => {
    const [mine, theirs] = [found[section], expected[section]]
    const unlike = Array.from({ length: Math.max(mine.length, theirs.length) }, (_, at) => at)
      .filter((at) => !isDeepStrictEqual(mine[at], theirs[at]))
      .map((at) => ({ section, at, found: mine[at], expected: theirs[at] }))
    return unlike.length === 0 ? [] : [{ section, unlike: unlike.length }, ...unlike.slice(0, MAX_LISTED)]
  })
}

/** Returns the activation e-mails by recipient, without the report to the person who started the import. */
export function mailedTo(sink: Sink): Map<string, Delivered[]> {
  const mails = new Map<string, Delivered[]>()
  for (const mail of sink.journal) {
    const address = mail.to.join()
    if (address.endsWith('@people.example')) mails.set(address, [...(mails.get(address) ?? []), mail])
  }
  return mails
}

/** Returns the recipients whose copies differ in message id, date or link. */
export function unlikeCopies(sink: Sink): string[] {
  const kept = [...mailedTo(sink)].filter(([, copies]) => {
    const kinds = new Set(copies.map((copy) => JSON.stringify([copy.messageId, copy.date, linkOf(copy)])))
    return kinds.size !== 1 || linkOf(copies[0]!) === '' || copies[0]!.messageId === ''
  })
  return kept.map(([address]) => address)
}
