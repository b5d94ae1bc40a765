import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CHUNK_BYTES } from '../../../../domain/imports/limits.ts'
import { defaultOptions } from '../../../../domain/imports/options.ts'
import { apiWorld, storedBytes, type World } from '../../../support/api-world.ts'

const LIMIT = 3 * CHUNK_BYTES
let world: World
let client: ReturnType<World['as']>

beforeAll(async () => {
  world = await apiWorld(import.meta.url, { maxFileBytes: LIMIT })
  client = world.as(await world.key())
})
afterAll(() => world.close())

const CSV = 'enabled,name,email,companyName,languageCode\n1,Ada,ada@example.com,Blue Harbour,en-GB\n'
const csv = { 'Content-Type': 'text/csv' }

/** Returns a body in pieces, without a Content-Length. */
function pieces(parts: (string | Uint8Array)[], fail?: Error): ReadableStream {
  const left = [...parts]
  return new ReadableStream({
    pull(controller) {
      const part = left.shift()
      if (part !== undefined) controller.enqueue(typeof part === 'string' ? Buffer.from(part) : part)
      else if (fail) controller.error(fail)
      else controller.close()
    },
  })
}
const streamed = (body: ReadableStream, headers: Record<string, string>): RequestInit =>
  ({ body, headers, duplex: 'half' }) as RequestInit

const files = async () =>
  (
    await world.db
      .selectFrom('files')
      .select(({ fn }) => fn.countAll<number>().as('n'))
      .executeTakeFirstOrThrow()
  ).n

describe('an upload', () => {
  test('an upload is stored byte for byte, returns 202, and starts its workflow', async () => {
    const { status, headers, body } = await client.upload(CSV, { template: 'onboarding' })
    expect(status).toBe(202)
    expect(headers.get('Location')).toBe(`/v1/imports/${body.id}`)
    expect(headers.get('Cache-Control')).toBe('no-store')
    expect((await storedBytes(world, body.id)).toString()).toBe(CSV)
    const temporal = await world.deps.temporal()
    const workflow = await temporal.workflow.getHandle(`import-${body.id}`).describe()
    expect([workflow.type, workflow.taskQueue]).toEqual(['importUsers', 'muster-imports'])
    expect(JSON.stringify(workflow.raw)).not.toMatch(/people\.csv|onboarding/)
    expect(await client.get(`/v1/imports/${body.id}`)).toMatchObject({ status: 200, body: { id: body.id } })
  })

  test('an upload is returned as the contract defines, with its mapping, companies, starter and parent', async () => {
    const { body } = await client.upload(CSV, { options: '{"existing":"update"}' })
    const self = `http://localhost:3000/v1/imports/${body.id}`
    expect(body).toEqual({
      id: body.id,
      status: 'received',
      phase: 'receive',
      file: {
        name: 'people.csv',
        size: CSV.length,
        sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
        format: null,
        encoding: null,
        delimiter: null,
      },
      template: 'onboarding',
      companies: [],
      startedBy: 'test',
      mapping: null,
      options: { ...defaultOptions, existing: 'update' },
      plan: null,
      linkHours: 48,
      counts: {
        records: 0,
        valid: 0,
        invalid: 0,
        created: 0,
        invited: 0,
        updated: 0,
        skipped: 0,
        assignments: 0,
        emails: { queued: 0, sent: 0, failed: 0 },
      },
      problem: null,
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      startedAt: null,
      finishedAt: null,
      parent: null,
      links: {
        self,
        rows: `${self}/rows`,
        result: `${self}/result.json`,
        errors: `${self}/errors.csv`,
        events: `${self}/events`,
        temporal: `http://temporal.example.com/namespaces/api-imports-upload-upload/workflows/import-${body.id}`,
      },
    })
  })

  test('an upload may have its fields before or after the file', async () => {
    const options = '{"sendEmails":false}'
    for (const fileLast of [false, true]) {
      const { body } = await client.upload(CSV, { options }, {}, fileLast)
      expect(body.options.sendEmails).toBe(false)
    }
  })

  test('an upload may be the file itself, with its name and options in the query', async () => {
    const query = new URLSearchParams({ template: 'onboarding', options: '{"review":true}', name: 'Zoë.csv' })
    const answer = await client.send('POST', `/v1/imports?${query}`, { body: CSV, headers: csv })
    expect(answer).toMatchObject({ status: 202, body: { file: { name: 'Zoë.csv' }, options: { review: true } } })
  })

  test.each([
    [`attachment; filename="a b.csv"`, 'a b.csv'],
    [`attachment; filename="plain.csv"; filename*=UTF-8''Zo%C3%AB.csv`, 'Zoë.csv'],
    [`attachment; filename="../../etc/passwd"`, 'passwd'],
    [`attachment; filename=token.csv`, 'token.csv'],
    [`attachment`, 'upload'],
  ])('an upload without a form takes its name from Content-Disposition: %s', async (disposition, name) => {
    const headers = { ...csv, 'Content-Disposition': disposition }
    const { body } = await client.send('POST', '/v1/imports', { body: CSV, headers })
    expect(body.file.name).toBe(name)
  })

  test('an upload in a form keeps the accents of its name and loses its folders', async () => {
    const form = new FormData()
    form.append('file', new File([CSV], '..\\Bücher/Zoë.csv', { type: 'text/csv' }))
    const { body } = await client.send('POST', '/v1/imports', { body: form })
    expect(body.file.name).toBe('Zoë.csv')
  })

  test('an upload larger than a chunk and in odd pieces is stored unchanged', async () => {
    const bytes = Buffer.alloc(CHUNK_BYTES * 2 + 12_345, 'abcdefghijklmnopqrstuvwxyz')
    const cuts = [0, 1, 65_536, CHUNK_BYTES - 1, CHUNK_BYTES + 1, bytes.length]
    const parts = cuts.slice(1).map((end, i) => bytes.subarray(cuts[i], end))
    const { body } = await client.send('POST', '/v1/imports', streamed(pieces(parts), csv))
    expect(body.file.size).toBe(bytes.length)
    expect((await storedBytes(world, body.id)).equals(bytes)).toBe(true)
  })
})

describe('a file that is too large', () => {
  test('a file that is too large is rejected before it is read if its length is announced', async () => {
    let read = false
    const pull = () => {
      read = true
    }
    const body = new ReadableStream({ pull }, { highWaterMark: 0 })
    const headers = { ...csv, 'Content-Length': String(LIMIT + 1) }
    const answer = await client.send('POST', '/v1/imports', streamed(body, headers))
    expect(answer).toMatchObject({ status: 413, body: { code: 'too-large', status: 413 } })
    expect(read).toBe(false)
  })

  test.each(['body', 'form'])(
    'a file that is too large is rejected while it is read if its length is not announced, and leaves nothing: %s',
    async (kind) => {
      const before = await files()
      const piece = Buffer.alloc(CHUNK_BYTES, 'x')
      const parts = [piece, piece, piece, 'x']
      const head = '--b\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n'
      const form = [head, ...parts, '\r\n--b--\r\n']
      const answer =
        kind === 'body'
          ? await client.send('POST', '/v1/imports', streamed(pieces(parts), csv))
          : await client.send(
              'POST',
              '/v1/imports',
              streamed(pieces(form), { 'Content-Type': 'multipart/form-data; boundary=b' }),
            )
      expect(answer).toMatchObject({ status: 413, body: { code: 'too-large' } })
      expect(await files()).toBe(before)
    },
  )
})

describe('an upload that is cut off', () => {
  const form = { 'Content-Type': 'multipart/form-data; boundary=b' }
  const head = '--b\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\nenabled,name\r\n'
  test.each([
    ['a form that ends in the file', () => streamed(pieces([head]), form)],
    ['a form whose connection breaks in the file', () => streamed(pieces([head], new Error('reset')), form)],
    ['a form whose connection breaks before it', () => streamed(pieces([], new Error('reset')), form)],
    ['a body whose connection breaks', () => streamed(pieces([CSV], new Error('reset')), csv)],
  ])('an upload that is cut off leaves no file and no import: %s', async (_, request) => {
    const before = [await files(), (await client.get('/v1/imports')).body.items.length]
    const { status } = await client.send('POST', '/v1/imports', request())
    expect(status).toBe(400)
    expect([await files(), (await client.get('/v1/imports')).body.items.length]).toEqual(before)
  })
})

describe('an invalid upload', () => {
  test.each([
    ['no file', {}, 'missing-file', undefined],
    ['an unknown template', { template: 'nope' }, 'unknown-template', CSV],
    ['a mapping for exact headers', { mapping: '{}' }, 'mapping-not-supported', CSV],
    ['options that are no JSON', { options: '{' }, 'invalid-options', CSV],
  ])('an invalid upload reports the problem and leaves no file: %s', async (_, fields, code, text) => {
    const before = await files()
    const form = new FormData()
    for (const [name, value] of Object.entries(fields)) form.append(name, value as string)
    if (text !== undefined) form.append('file', new File([text], 'a.csv'))
    const { status, headers, body } = await client.send('POST', '/v1/imports', { body: form })
    expect(status).toBe(422)
    expect(headers.get('Content-Type')).toBe('application/problem+json')
    expect(body).toMatchObject({ code, status: 422, type: `/problems/${code}`, requestId: headers.get('X-Request-Id') })
    expect(await files()).toBe(before)
  })

  test('an invalid upload names every invalid option and every contradiction', async () => {
    const wrong = await client.upload(CSV, { options: '{"existing":"merge","review":1,"emails":true}' })
    expect(wrong).toMatchObject({ status: 422, body: { code: 'invalid-options' } })
    expect(wrong.body.errors.map((error: { option: string }) => error.option).sort()).toEqual([
      'emails',
      'existing',
      'review',
    ])
    const senseless = await client.upload(CSV, {
      options: '{"message":"Hello","sendEmails":false,"dryRun":true,"review":true}',
    })
    expect(senseless.body.errors).toEqual([
      {
        option: 'message',
        code: 'message-without-emails',
        message: 'No e-mails are sent that a personal text could be part of.',
      },
      {
        option: 'review',
        code: 'nothing-to-confirm',
        message: 'A dry run ends after the check, so there is nothing to confirm.',
      },
    ])
  })

  test('an upload with an unsupported content type is rejected', async () => {
    const headers = { 'Content-Type': 'application/json' }
    const answer = await client.send('POST', '/v1/imports', { body: '{}', headers })
    expect(answer).toMatchObject({ status: 415, body: { code: 'unsupported-media-type' } })
  })
})
