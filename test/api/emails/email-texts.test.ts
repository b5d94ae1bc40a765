import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { apiWorld, type World } from '../../support/api-world.ts'
import { twoCompanies } from '../../support/catalogue.ts'
import { mailDeps, sendOnce } from '../../support/mail-world.ts'
import { startSink, subjectOf, textOf } from '../../support/servers/smtp-sink.ts'
import { signedIn } from '../../support/visitor.ts'

let world: World
let all: Awaited<ReturnType<typeof twoCompanies>>
let platform: ReturnType<World['as']>

beforeAll(async () => {
  world = await apiWorld(import.meta.url)
  all = await twoCompanies(world)
  platform = all.platform
})
afterAll(() => world.close())

const words = {
  subject: 'Welcome, {firstName}',
  intro: 'Your courses at {company} wait.\n\nBegin now.',
  button: 'Begin',
}
const place = { company: null, kind: 'activation', language: 'de' }
const forget = async (...ids: string[]) => {
  for (const id of ids) expect((await platform.delete(`/v1/email-texts/${id}`)).status).toBe(204)
}

describe('an e-mail text', () => {
  test('an e-mail text can be created, read, listed, changed and deleted', async () => {
    const made = await platform.post('/v1/email-texts', { ...place, ...words, company: all.blue.company })
    expect(made).toMatchObject({
      status: 201,
      body: { ...place, ...words, company: all.blue.company, updatedBy: 'test' },
    })
    const self = `/v1/email-texts/${made.body.id}`
    expect(made.headers.get('Location')).toBe(self)
    expect((await platform.get(self)).body).toEqual(made.body)
    const everybodys = await platform.post('/v1/email-texts', { ...place, ...words, kind: 'welcome' })
    const found = async (query: string) => (await platform.get(`/v1/email-texts?${query}`)).body.items
    for (const query of [`company=${all.blue.company}`, 'kind=activation', 'language=de&kind=activation']) {
      expect(await found(query), query).toEqual([made.body])
    }
    expect(await found('company=everybody')).toEqual([everybodys.body])
    expect(await found('language=en')).toEqual([])
    const changed = await platform.patch(self, { button: ' Los ' })
    expect(changed).toMatchObject({ status: 200, body: { ...words, button: 'Los' } })
    expect(Date.parse(changed.body.updatedAt)).toBeGreaterThan(Date.parse(made.body.updatedAt))
    await forget(made.body.id, everybodys.body.id)
    expect((await platform.get(self)).status).toBe(404)
    expect((await platform.patch(self, words)).status).toBe(404)
  })

  test('an e-mail text is unique for a company, kind and language, and a second one changes nothing', async () => {
    for (const company of [null, all.blue.company]) {
      const first = await platform.post('/v1/email-texts', { ...place, ...words, company })
      const second = await platform.post('/v1/email-texts', { ...place, ...words, company, subject: 'Other' })
      expect(second).toMatchObject({ status: 409, body: { code: 'already-exists' } })
      expect(second.body.detail).toContain('already has a text in this language')
      expect((await platform.get(`/v1/email-texts/${first.body.id}`)).body).toEqual(first.body)
      await forget(first.body.id)
    }
  })

  test.each([
    ['nothing', {}, ['company', 'kind', 'language', 'subject', 'intro', 'button']],
    ['a placeholder that there is not', { ...place, ...words, intro: 'Dear {name}' }, ['intro']],
    ['a header', { ...place, ...words, subject: 'Hi\r\nBcc: thief@evil.example' }, ['subject']],
    ['too much', { ...place, ...words, subject: 'x'.repeat(201), intro: 'x'.repeat(2_001) }, ['subject', 'intro']],
    ['a button of two lines', { ...place, ...words, button: 'Go\nthere' }, ['button']],
    ['what cannot be stored', { ...place, ...words, intro: 'a\0b' }, ['intro']],
    ['a language without texts', { ...place, ...words, language: 'sv' }, ['language']],
    ['another kind', { ...place, ...words, kind: 'report' }, ['kind']],
    ['an unknown company', { ...place, ...words, company: '0197a7c0-5b1e-7c3a-9d2f-3f1a2b4c5d6e' }, ['company']],
  ])('an e-mail text is rejected with %s', async (_, body, paths) => {
    const answer = await platform.post('/v1/email-texts', body)
    expect(answer).toMatchObject({ status: 422, body: { code: 'invalid-request' } })
    expect(answer.body.errors.map(({ path }: { path: string }) => path)).toEqual(paths)
    expect((await platform.get('/v1/email-texts')).body.items).toEqual([])
  })

  test('an e-mail text with an unknown placeholder is rejected when created, changed and previewed, with the known ones listed', async () => {
    const made = await platform.post('/v1/email-texts', { ...place, ...words })
    const wrong = { ...words, intro: 'Dear {{firstName}}' }
    const { kind, language } = place
    for (const answer of [
      await platform.post('/v1/email-texts', { ...place, ...wrong }),
      await platform.patch(`/v1/email-texts/${made.body.id}`, { intro: wrong.intro }),
      await platform.post('/v1/email-preview', { kind, language, ...wrong }),
    ]) {
      expect(answer.status).toBe(422)
      expect(answer.body.errors).toEqual([
        {
          path: 'intro',
          message: '“{{firstName}}” cannot be filled in: in braces stand only {company}, {firstName} and {lastName}',
        },
      ])
    }
    await forget(made.body.id)
  })

  test('an e-mail text is deleted with its company', async () => {
    const company = await all.made('companies', { name: 'Passing' })
    const id = await all.made('email-texts', { ...place, ...words, company })
    expect((await platform.delete(`/v1/companies/${company}`)).status).toBe(204)
    expect((await platform.get(`/v1/email-texts/${id}`)).status).toBe(404)
  })

  test('e-mail texts are listed in pages', async () => {
    const made: string[] = []
    for (const kind of ['activation', 'invitation', 'welcome']) {
      made.push(await all.made('email-texts', { ...place, ...words, kind }))
    }
    const first = (await platform.get('/v1/email-texts?limit=2')).body
    const second = (await platform.get(`/v1/email-texts?limit=2&cursor=${first.next}`)).body
    expect([...first.items, ...second.items].map(({ id }: { id: string }) => id)).toEqual(made)
    await forget(...made)
  })
})

describe('a key of one company', () => {
  test('a key of one company changes its own e-mail texts, reads those for all companies, and finds no others', async () => {
    const { client } = all.blue
    const everybodys = await all.made('email-texts', { ...place, ...words })
    const theirs = await all.made('email-texts', { ...place, ...words, company: all.red.company })
    const mine = await client.post('/v1/email-texts', { ...place, ...words, company: all.blue.company })
    expect(mine.status).toBe(201)
    expect((await client.get('/v1/email-texts')).body.items.map(({ id }: { id: string }) => id)).toEqual([
      everybodys,
      mine.body.id,
    ])
    expect((await client.get(`/v1/email-texts?company=${all.red.company}`)).body.items).toEqual([])
    expect((await client.get(`/v1/email-texts/${everybodys}`)).status).toBe(200)
    for (const answer of [
      await client.get(`/v1/email-texts/${theirs}`),
      await client.patch(`/v1/email-texts/${theirs}`, { button: 'Mine' }),
      await client.delete(`/v1/email-texts/${theirs}`),
    ]) {
      expect(answer).toMatchObject({ status: 404, body: { code: 'not-found' } })
    }
    for (const answer of [
      await client.post('/v1/email-texts', { ...place, ...words, kind: 'welcome' }),
      await client.patch(`/v1/email-texts/${everybodys}`, { button: 'Mine' }),
      await client.delete(`/v1/email-texts/${everybodys}`),
    ]) {
      expect(answer).toMatchObject({ status: 403, body: { code: 'platform-key-required' } })
    }
    const foreign = await client.post('/v1/email-texts', { ...place, ...words, company: all.red.company })
    expect(foreign).toMatchObject({ status: 422, body: { errors: [{ path: 'company' }] } })
    expect((await platform.get(`/v1/email-texts/${everybodys}`)).body).toMatchObject(words)
    expect((await client.patch(`/v1/email-texts/${mine.body.id}`, { button: 'Ours' })).status).toBe(200)
    expect((await client.delete(`/v1/email-texts/${mine.body.id}`)).status).toBe(204)
    await forget(everybodys, theirs)
  })

  test('a key and an administrator of one company have the same access to e-mail texts', async () => {
    const everybodys = await all.made('email-texts', { ...place, ...words })
    const { browser: somebody } = await signedIn(world, [all.red.company])
    expect((await somebody.get('/v1/email-texts')).body.items).toHaveLength(1)
    expect((await somebody.patch(`/v1/email-texts/${everybodys}`, { button: 'Mine' })).status).toBe(403)
    expect((await somebody.post('/v1/email-texts', { ...place, ...words, company: all.blue.company })).status).toBe(422)
    const mine = await somebody.post('/v1/email-texts', { ...place, ...words, company: all.red.company })
    expect(mine.status).toBe(201)
    await forget(everybodys, mine.body.id)
  })
})

describe('the preview of an e-mail', () => {
  const look = async (query: Record<string, string>, client = platform) =>
    (await client.get(`/v1/email-preview?${new URLSearchParams(query)}`)).body

  test('the preview of an e-mail shows the text in effect and names its source', async () => {
    const german = { language: 'de-CH', company: all.blue.company }
    const before = await look(german)
    expect(before).toMatchObject({ source: 'muster', words: { subject: 'Aktivieren Sie Ihr Konto bei {company}' } })
    const everybodys = await all.made('email-texts', { ...place, ...words })
    expect(await look(german)).toMatchObject({ source: 'everybody', words, subject: 'Welcome, Ada' })
    const own = { ...words, subject: 'Ahoi {lastName}', intro: 'Bei {company}' }
    const blues = await all.made('email-texts', { ...place, ...own, company: all.blue.company })
    const shown = await look(german)
    expect(shown).toMatchObject({ source: 'company', words: own, subject: 'Ahoi Lovelace' })
    expect(shown.text).toContain('Guten Tag Ada Lovelace,\r\n\r\nBei Blue Harbour\r\n')
    expect(await look({ language: 'de' })).toMatchObject({ source: 'everybody' })
    expect(await look({ language: 'de' }, all.red.client)).toMatchObject({ source: 'everybody' })
    expect(await look({ ...german, kind: 'invitation' })).toMatchObject({ source: 'muster' })
    await forget(blues)
    expect(await look(german)).toMatchObject({ source: 'everybody' })
    await forget(everybodys)
    expect(await look(german)).toMatchObject({ subject: before.subject, text: before.text, source: 'muster' })
  })

  test('the preview of an e-mail shows unsaved text in the scope of the caller and saves nothing', async () => {
    const draft = { kind: 'password', language: 'fr', company: all.blue.company, message: 'À <bientôt>', ...words }
    const { status, body } = await platform.post('/v1/email-preview', draft)
    expect(status).toBe(200)
    expect(body.subject).toBe('Welcome, Ada')
    expect(body.text).toContain('Your courses at Blue Harbour wait.\r\n\r\nBegin now.')
    expect(body.text).toContain('example-password')
    expect(body.html).toContain('À &lt;bientôt&gt;')
    expect((await all.red.client.post('/v1/email-preview', draft)).status).toBe(422)
    expect((await platform.post('/v1/email-preview', { ...draft, colour: 'red' })).status).toBe(422)
    expect((await platform.get('/v1/email-texts')).body.items).toEqual([])
  })
})

test('a requested invitation and activation arrive with the saved text', async () => {
  const { company, user, email } = all.blue
  const ids = [
    await all.made('email-texts', {
      company,
      kind: 'invitation',
      language: 'pt',
      ...words,
      subject: 'Bem-vindo {firstName}',
    }),
    await all.made('email-texts', { company: null, kind: 'activation', language: 'en', ...words }),
  ]
  const sink = await startSink()
  const deps = mailDeps(world.db, sink.url)
  const guest = { email: 'rui@people.example', firstName: 'Rui', company, language: 'pt-BR' }
  expect((await platform.post('/v1/invitations', guest)).status).toBe(201)
  expect((await platform.post('/v1/activations', { users: [user] })).status).toBe(202)
  const mailings = await world.db.selectFrom('outbox').select('mailing_id').where('state', '=', 'queued').execute()
  for (const mailing of new Set(mailings.map(({ mailing_id }) => mailing_id))) await sendOnce(deps, mailing)
  expect(subjectOf(sink.copies(guest.email)[0]!)).toBe('Bem-vindo Rui')
  expect(subjectOf(sink.copies(email).at(-1)!)).toBe('Welcome, Ada')
  expect(textOf(sink.copies(email).at(-1)!)).toMatch(/Begin:\s+https?:\/\/\S+\/activate\//)
  await deps.transport.close()
  await sink.close()
  await forget(...ids)
})
