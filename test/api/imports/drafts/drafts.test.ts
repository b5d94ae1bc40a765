import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sweepFiles } from '../../../../db/files/files.ts'
import { sweepDrafts } from '../../../../db/imports/drafts.ts'
import { apiWorld, storedBytes, type World } from '../../../support/api-world.ts'
import { twoCompanies } from '../../../support/catalogue.ts'

let world: World
let all: Awaited<ReturnType<typeof twoCompanies>>

beforeAll(async () => {
  world = await apiWorld(import.meta.url)
  all = await twoCompanies(world)
})
afterAll(() => world.close())

const EXACT = 'enabled,name,email,companyName,languageCode\n1,Ada,ada@example.com,Blue Harbour,en-GB\n'
const GERMAN = 'Vorname;Nachname;E-Mail-Adresse;Firma\nZoë;Kovács;zoe@example.com;Blue Harbour\n'

async function draft(text: string, fields: Record<string, string> = {}, client = all.platform) {
  const form = new FormData()
  form.append('file', new File([text], 'people.csv'))
  for (const [name, value] of Object.entries(fields)) form.append(name, value)
  return client.send('POST', '/v1/drafts', { body: form })
}

const chunksOf = async (id: string) => {
  const rows = await world.db.selectFrom('drafts').where('id', '=', id).select('file_id').execute()
  return rows[0]?.file_id
}

describe('a draft', () => {
  test('a draft stores a file and the choices, and finds the template by the headers', async () => {
    const { status, headers, body } = await draft(EXACT)
    expect(status).toBe(201)
    expect(headers.get('Location')).toBe(`/v1/drafts/${body.id}`)
    expect(body).toEqual({
      id: body.id,
      file: { name: 'people.csv', size: EXACT.length, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
      template: 'onboarding',
      mapping: null,
      options: {},
      company: null,
      reading: {},
      step: 'file',
      import: null,
      updatedAt: expect.stringMatching(/^\d{4}-.*Z$/),
    })
    const options = { existing: 'update', company: all.blue.company }
    const changed = await all.platform.patch(`/v1/drafts/${body.id}`, { options, step: 'choices' })
    expect(changed.body).toMatchObject({ options, step: 'choices', company: all.blue.company, template: 'onboarding' })
    expect((await all.platform.get(`/v1/drafts/${body.id}`)).body).toEqual(changed.body)
  })

  test('a draft can be previewed with its choices, without another upload', async () => {
    const { body } = await draft(GERMAN)
    const path = `/v1/drafts/${body.id}`
    const suggested = await all.platform.get(`${path}/preview`)
    expect(suggested.body).toMatchObject({ mappingSource: 'suggested', records: 1, people: [{ firstName: 'Zoë' }] })
    const mapping = { email: 'E-Mail-Adresse', firstName: 'Nachname', lastName: 'Vorname', company: 'Firma' }
    await all.platform.patch(path, { template: 'none', mapping })
    const given = await all.platform.get(`${path}/preview`)
    expect(given.body).toMatchObject({ mappingSource: 'given', people: [{ firstName: 'Kovács', lastName: 'Zoë' }] })
    await all.platform.patch(path, { reading: { delimiter: 'comma' } })
    expect((await all.platform.get(`${path}/preview`)).body.headers).toHaveLength(1)
  })

  test('a draft counts its records once, and again only if the file is read in another way', async () => {
    const rows = Array.from({ length: 40_000 }, (_, n) => `1,Ada,ada${n}@example.com,Blue Harbour,en-GB\n`)
    const { body } = await draft(`enabled,name,email,companyName,languageCode\n${rows.join('')}`)
    const path = `/v1/drafts/${body.id}`
    expect((await all.platform.get(`${path}/preview`)).body).toMatchObject({ records: 40_000, problems: [] })
    const end = world.db.deleteFrom('file_chunks').where('file_id', '=', (await chunksOf(body.id)) ?? '')
    await end.where('seq', '>', 0).execute()
    const mapping = { email: 'email', firstName: 'companyName', lastName: 'name' }
    await all.platform.patch(path, { template: 'none', mapping })
    const other = await all.platform.get(`${path}/preview`)
    expect(other.body).toMatchObject({ records: 40_000, problems: [] })
    expect(other.body.people).toHaveLength(10)
    expect(other.body.people[0]).toMatchObject({ firstName: 'Blue Harbour', lastName: 'Ada' })
    await all.platform.patch(path, { reading: { delimiter: 'comma' } })
    expect((await all.platform.get(`${path}/preview`)).body.records).toBeLessThan(40_000)
  })

  test('a draft is found only by its creator', async () => {
    const { body } = await draft(GERMAN, {}, all.blue.client)
    const path = `/v1/drafts/${body.id}`
    for (const other of [all.red.client, all.platform, world.as(await world.key([all.blue.company]))]) {
      expect((await other.get('/v1/drafts')).body.items.map(({ id }: { id: string }) => id)).not.toContain(body.id)
      for (const answer of [
        await other.get(path),
        await other.get(`${path}/preview`),
        await other.patch(path, { step: 'check' }),
        await other.post(`${path}/import`),
        await other.delete(path),
      ]) {
        expect([answer.status, answer.body.code]).toEqual([404, 'not-found'])
      }
    }
    expect((await all.blue.client.get(path)).body.company).toBe(all.blue.company)
  })

  test('drafts are listed newest first, in pages', async () => {
    const client = world.as(await world.key())
    const ids: string[] = []
    for (let n = 0; n < 3; n++) ids.unshift((await draft(`${GERMAN}${n};;${n}@example.com;\n`, {}, client)).body.id)
    const first = (await client.get('/v1/drafts?limit=2')).body
    const second = (await client.get(`/v1/drafts?limit=2&cursor=${first.next}`)).body
    expect([...first.items, ...second.items].map(({ id }: { id: string }) => id)).toEqual(ids)
    expect(second.next).toBeNull()
  })

  test.each([
    [{ template: 'none-such' }, 'unknown-template'],
    [{ template: 'onboarding', mapping: { email: 'E-Mail' } }, 'mapping-not-supported'],
    [{ options: { existing: 'maybe' } }, 'invalid-options'],
    [{ options: { passwords: { set: 'default', default: 'correct horse battery' } } }, 'invalid-options'],
    [{ reading: { encoding: 'ebcdic' } }, 'invalid-options'],
    [{ import: null }, 'invalid-request'],
  ])('a draft rejects the change %j and does not change', async (change, code) => {
    const { body } = await draft(GERMAN)
    const answer = await all.platform.patch(`/v1/drafts/${body.id}`, change)
    expect([answer.status, answer.body.code]).toEqual([422, code])
    expect((await all.platform.get(`/v1/drafts/${body.id}`)).body).toEqual(body)
  })
})

describe('the import of a draft', () => {
  test('the import of a draft uses the choices and the stored file, and stops for a review', async () => {
    const { body } = await draft(GERMAN)
    const options = { existing: 'update', company: all.blue.company }
    await all.platform.patch(`/v1/drafts/${body.id}`, { options })
    const { status, headers, body: begun } = await all.platform.post(`/v1/drafts/${body.id}/import`)
    expect(status).toBe(202)
    expect(headers.get('Location')).toBe(`/v1/imports/${begun.id}`)
    expect(begun).toMatchObject({
      status: 'received',
      template: 'none',
      options: { ...options, review: true },
      mapping: { email: 'E-Mail-Adresse', firstName: 'Vorname', lastName: 'Nachname', company: 'Firma' },
    })
    expect((await storedBytes(world, begun.id)).toString()).toBe(GERMAN)
    expect((await all.platform.get(`/v1/drafts/${body.id}`)).body.import).toBe(begun.id)
  })

  test('the import of a draft follows the rules of an upload for contradictions, foreign ids and the default password', async () => {
    const { body } = await draft(EXACT, {}, all.blue.client)
    const path = `/v1/drafts/${body.id}`
    const importing = async (options: object, said: object = {}) => {
      await all.blue.client.patch(path, { options })
      return all.blue.client.post(`${path}/import`, said)
    }
    const contradiction = await importing({ sendEmails: false, message: 'Hello' })
    expect(contradiction.body).toMatchObject({ status: 422, errors: [{ code: 'message-without-emails' }] })
    const foreign = await importing({ enrol: { courses: [all.red.course] } })
    expect(foreign.body).toMatchObject({ status: 422, errors: [{ code: 'unknown-id' }] })
    const withPassword = { passwords: { set: 'default' } }
    expect((await importing(withPassword)).body.errors).toMatchObject([{ code: 'default-password-required' }])
    const password = 'correct horse battery staple'
    const { status, body: begun } = await importing(withPassword, { defaultPassword: password, review: false })
    expect([status, begun.options?.review]).toEqual([202, false])
    const stored = await world.db.selectFrom('drafts').selectAll().where('id', '=', body.id).execute()
    expect(JSON.stringify(stored)).not.toContain(password)
  })

  test('the import of a draft starts once for two simultaneous requests', async () => {
    const { body } = await draft(GERMAN)
    const path = `/v1/drafts/${body.id}/import`
    const answers = await Promise.all([all.platform.post(path), all.platform.post(path), all.platform.post(path)])
    expect(answers.map(({ status }) => status).sort()).toEqual([202, 409, 409])
    const again = await all.platform.post(path)
    expect([again.status, again.body.code]).toEqual([409, 'draft-imported'])
    const fileId = await chunksOf(body.id)
    const { n } = await world.db
      .selectFrom('imports')
      .where('file_id', '=', fileId ?? '')
      .select(({ fn }) => fn.countAll<number>().as('n'))
      .executeTakeFirstOrThrow()
    expect(Number(n)).toBe(1)
  })

  test('the import of a draft is returned again for the same Idempotency-Key and keeps the file', async () => {
    const { body } = await draft(GERMAN)
    const send = () => all.platform.post(`/v1/drafts/${body.id}/import`, undefined, { 'Idempotency-Key': body.id })
    const [first, second] = [await send(), await send()]
    expect([first.status, second.status]).toEqual([202, 202])
    expect(second.body.id).toBe(first.body.id)
    expect((await all.platform.get(`/v1/drafts/${body.id}/preview`)).body.records).toBe(1)
  })

  test('the import of a draft removes the draft when it is confirmed, and reopens it when it is cancelled', async () => {
    const { body } = await draft(GERMAN)
    const path = `/v1/drafts/${body.id}`
    const first = (await all.platform.post(`${path}/import`)).body.id
    await world.db.updateTable('imports').set({ status: 'cancelled', phase: 'done' }).where('id', '=', first).execute()
    expect((await all.platform.get(path)).body.import).toBeNull()
    const second = (await all.platform.post(`${path}/import`)).body.id
    expect((await all.platform.get(path)).body.import).toBe(second)
    await world.db
      .updateTable('imports')
      .set({ status: 'applying', phase: 'apply', confirmed_at: new Date() })
      .where('id', '=', second)
      .execute()
    expect((await all.platform.get(path)).status).toBe(404)
    await sweepDrafts(world.db, 100)
    expect(await chunksOf(body.id)).toBeUndefined()
    expect((await storedBytes(world, second)).toString()).toBe(GERMAN)
  })
})

describe('the file of a draft', () => {
  const age = (id: string, days: number) =>
    world.db
      .updateTable('drafts')
      .set({ updated_at: new Date(Date.now() - days * 86_400_000) })
      .where('id', '=', id)
      .execute()
  const fileThere = async (id: string | undefined) =>
    (
      await world.db
        .selectFrom('files')
        .where('id', '=', id ?? '')
        .select('id')
        .execute()
    ).length === 1

  test('the file of a draft is kept with the draft and removed with it after 30 days', async () => {
    const { body } = await draft(GERMAN)
    const fileId = await chunksOf(body.id)
    await world.db
      .updateTable('files')
      .set({ created_at: new Date(0) })
      .where('id', '=', fileId ?? '')
      .execute()
    await age(body.id, 29)
    await sweepDrafts(world.db, 100)
    await sweepFiles(world.db, 100)
    expect(await fileThere(fileId)).toBe(true)
    await age(body.id, 31)
    await sweepDrafts(world.db, 100)
    expect((await all.platform.get(`/v1/drafts/${body.id}`)).status).toBe(404)
    expect(await fileThere(fileId)).toBe(false)
  })

  test('the file of a draft is removed with a discarded draft, unless it was imported', async () => {
    const [unused, used] = [(await draft(GERMAN)).body.id, (await draft(GERMAN)).body.id]
    await all.platform.post(`/v1/drafts/${used}/import`)
    const files = [await chunksOf(unused), await chunksOf(used)]
    for (const id of [unused, used]) expect((await all.platform.delete(`/v1/drafts/${id}`)).status).toBe(204)
    expect([await fileThere(files[0]), await fileThere(files[1])]).toEqual([false, true])
  })
})
