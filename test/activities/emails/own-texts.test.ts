import { type DestinationStream, pino } from 'pino'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { insertEmailText, updateEmailText } from '../../../db/emails/email-texts.ts'
import { openDatabase, type TestDatabase } from '../../support/database.ts'
import { invite, linkRow, mailDeps, sendOnce, skipWaiting } from '../../support/mail-world.ts'
import { linkOf, passwordOf, type Script, startSink, subjectOf, textOf } from '../../support/servers/smtp-sink.ts'

let database: TestDatabase
const open: { close(): Promise<void> | void }[] = []

beforeAll(async () => {
  database = await openDatabase()
})
afterEach(async () => {
  for (const thing of open.splice(0).reverse()) await thing.close()
  await database.db.deleteFrom('email_texts').execute()
})
afterAll(() => database.close())

async function world(script: Script = {}) {
  const sink = await startSink(script)
  const logged: string[] = []
  const log = pino({ level: 'trace' }, { write: (line: string) => logged.push(line) } as DestinationStream)
  const deps = { ...mailDeps(database.db, sink.url), log }
  open.push(sink, deps.transport)
  return { sink, deps, db: database.db, logged }
}

type Place = Omit<Parameters<typeof insertEmailText>[1], 'updatedBy' | 'intro' | 'button'>
const write = (place: Partial<Place> & { subject: string }) =>
  insertEmailText(database.db, {
    company: null,
    kind: 'activation',
    language: 'en',
    intro: `Words of ${place.subject}`,
    button: 'Go',
    updatedBy: 'test',
    ...place,
  })

describe('the text of an e-mail', () => {
  test('an e-mail has the text of the company in the user’s language, else the text for all companies, else the built-in one', async () => {
    const { sink, deps, db } = await world()
    const blue = await invite(db, 1, { language: 'de-AT' })
    const portuguese = await invite(db, 1, { language: 'pt-BR' })
    const swedish = await invite(db, 1, { language: 'sv' })
    const homeless = await invite(db, 1, { language: 'de', homeless: true })
    const french = await invite(db, 1, { language: 'fr' })
    await write({ company: blue.company, language: 'de', subject: 'Ahoi {firstName} {lastName} bei {company}' })
    await write({ language: 'de', subject: 'Für alle: {company}' })
    await write({ language: 'pt', subject: 'Olá {firstName}' })
    await write({ subject: 'Hello all' })
    await write({ company: blue.company, language: 'fr', subject: 'Not theirs' })
    const got = []
    for (const { mailingId, people } of [blue, portuguese, swedish, homeless, french]) {
      expect(await sendOnce(deps, mailingId)).toMatchObject({ sent: 1 })
      got.push(subjectOf(sink.copies(people[0]!.email)[0]!))
    }
    expect(got).toEqual([
      `Ahoi Mira Tóth bei Blue Harbour ${blue.mailingId}`,
      'Olá Mira',
      'Hello all',
      'Für alle: Muster',
      expect.stringMatching(/^Activez votre compte/),
    ])
    const [message] = sink.copies(blue.people[0]!.email)
    expect(textOf(message!)).toMatch(/^Guten Tag Mira Tóth,\s+Words of Ahoi Mira/)
    expect(linkOf(message!)).toMatch(/^https:\/\/muster\.example\/activate\/1\./)
  })

  test('one claim finds the texts of several companies, languages and kinds', async () => {
    const { sink, deps, db } = await world()
    const first = await invite(db, 3)
    const second = await invite(db, 3, { into: first.mailingId, language: 'de' })
    const third = await invite(db, 2, { into: first.mailingId, invited: true })
    await write({ company: first.company, subject: 'First' })
    await write({ company: second.company, language: 'de', subject: 'Second' })
    await write({ kind: 'invitation', subject: 'Third' })
    expect(await sendOnce(deps, first.mailingId)).toMatchObject({ sent: 8 })
    const subjects = [first, second, third].map(({ people }) =>
      people.map(({ email }) => subjectOf(sink.copies(email)[0]!)),
    )
    expect(subjects).toEqual([Array(3).fill('First'), Array(3).fill('Second'), Array(2).fill('Third')])
  })

  test.each(['password', 'welcome'] as const)(
    'an e-mail of kind %s with a custom text has the sign-in address, and the password if the kind brings one',
    async (kind) => {
      const { sink, deps, db } = await world()
      const { mailingId, people } = await invite(db, 1, { kind })
      await write({ kind, subject: 'Own {firstName}' })
      expect(await sendOnce(deps, mailingId)).toMatchObject({ sent: 1 })
      const text = textOf(sink.journal[0]!)
      expect(text).toContain('Words of Own Mira')
      expect(text).toContain(people[0]!.email)
      expect(passwordOf(sink.journal[0]!) !== '').toBe(kind === 'password')
    },
  )

  test('a custom text adds no header and no recipient, whatever a name or the database holds', async () => {
    const { sink, deps, db } = await world()
    const evil = 'A\r\nBcc: thief@evil.example\r\n\r\nB'
    const { mailingId, people } = await invite(db, 1, { firstName: evil })
    await write({ subject: 'Hi {firstName} {company}' })
    expect(await sendOnce(deps, mailingId)).toMatchObject({ sent: 1 })
    const { to, raw } = sink.journal[0]!
    expect(to).toEqual([people[0]!.email])
    const head = raw.split('\r\n\r\n')[0]!
    expect(head).not.toMatch(/^bcc:/im)
    expect(subjectOf(sink.journal[0]!)).toMatch(/^Hi A Bcc: thief@evil\.example B Blue Harbour/)
    await expect(write({ subject: 'Hi\r\nBcc: thief@evil.example', language: 'de' })).rejects.toThrow(
      /check constraint/,
    )
  })
})

describe('a text between two attempts', () => {
  test('a text changed between two attempts is in the next copy, with the same link, Message-ID and date', async () => {
    const { sink, deps, db, logged } = await world({ dot: (_message, nth) => (nth === 1 ? 'drop' : 'ok') })
    const { mailingId, people } = await invite(db, 1)
    const { id } = await write({ subject: 'Wellcome' })
    expect(await sendOnce(deps, mailingId)).toMatchObject({ sent: 0, open: 1 })
    const before = await linkRow(db, people[0]!.outboxId)
    await updateEmailText(db, id, { subject: 'Welcome {firstName}' }, 'test')
    await skipWaiting(db, mailingId)
    expect(await sendOnce(deps, mailingId)).toMatchObject({ sent: 1 })
    const [first, second] = sink.copies(people[0]!.email)
    expect([subjectOf(first!), subjectOf(second!)]).toEqual(['Wellcome', 'Welcome Mira'])
    expect([second!.messageId, second!.date, linkOf(second!)]).toEqual([first!.messageId, first!.date, linkOf(first!)])
    const after = await linkRow(db, people[0]!.outboxId)
    expect([after.token_hash, after.ended_at]).toEqual([before.token_hash, null])
    for (const secret of ['Welcome', 'Mira', people[0]!.email]) expect(logged.join('')).not.toContain(secret)
  })

  test('an unchanged text gives the second copy the same bytes', async () => {
    const { sink, deps, db } = await world({ dot: (_message, nth) => (nth === 1 ? 'drop' : 'ok') })
    const { mailingId, people } = await invite(db, 1, { kind: 'password', language: 'de' })
    await write({ kind: 'password', language: 'de', subject: 'Grüße an {firstName}' })
    await sendOnce(deps, mailingId)
    await skipWaiting(db, mailingId)
    expect(await sendOnce(deps, mailingId)).toMatchObject({ sent: 1 })
    const copies = sink.copies(people[0]!.email)
    expect(copies).toHaveLength(2)
    expect(copies[0]!.sha256).toBe(copies[1]!.sha256)
  })

  test('a deleted text is replaced by the built-in one', async () => {
    const { sink, deps, db } = await world()
    await write({ subject: 'Own' })
    await db.deleteFrom('email_texts').execute()
    const { mailingId } = await invite(db, 1)
    await sendOnce(deps, mailingId)
    expect(subjectOf(sink.journal[0]!)).toMatch(/^Activate your account at Blue Harbour/)
  })
})
