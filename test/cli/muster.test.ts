import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  type Answer,
  anImport,
  type FakeApi,
  formOf,
  noCounts,
  sendEvents,
  sendJson,
  sendProblem,
  someCounts,
  startFakeApi,
} from './fake-api.ts'
import { muster as musterHere } from './in-process.ts'
import { runMuster, startMuster } from './run-muster.ts'

const key = 'mu_secret_key_0123456789'
const { id } = anImport()
const accepted = anImport({ status: 'received', plan: null, counts: noCounts(), startedAt: null, finishedAt: null })
const accept: Answer = (_, response) => sendJson(response, accepted, 202)

let folder: string
let api: FakeApi | undefined
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'muster-cli-'))
  await writeFile(join(folder, 'people.csv'), 'enabled,name\n1,Zoë\n')
})
afterEach(async () => {
  await api?.close()
  api = undefined
  await rm(folder, { recursive: true })
})

type Run = typeof runMuster

/** Runs the command against an API with these responses, and checks that the key stays secret. */
async function musterBy(run: Run, answers: Record<string, Answer>, args: string[]) {
  api = await startFakeApi(answers)
  const ended = await run(args, { MUSTER_URL: api.url, MUSTER_API_KEY: key }, folder)
  expect(ended.stdout + ended.stderr).not.toContain(key)
  return ended
}

/** Runs in this process, because a process of its own takes a second to start. */
const muster = (answers: Record<string, Answer>, ...args: string[]) =>
  musterBy((line, env, cwd = folder) => musterHere(line, env ?? {}, { cwd }), answers, args)

/** Runs in a process of its own, with a real exit code and real streams. */
const musterProcess = (answers: Record<string, Answer>, ...args: string[]) => musterBy(runMuster, answers, args)

const events =
  (...imports: Parameters<typeof sendEvents>[1]): Answer =>
  (_, response) =>
    sendEvents(response, imports)

describe('muster import', () => {
  test('an import uploads the file with its template, name, options and a new key, and prints the next command', async () => {
    const flags = ['--existing', 'update', '--no-emails', '--option', 'blankCells=clear']
    const { code, stdout, stderr } = await muster({ 'POST /v1/imports': accept }, 'import', 'people.csv', ...flags)
    expect({ code, stderr }).toEqual({ code: 0, stderr: 'Uploading people.csv (20 bytes)\n' })
    expect(stdout).toContain(`muster status ${id} --watch`)
    const [request] = api!.received
    expect(request!.query.size).toBe(0)
    expect(await formOf(request!)).toEqual({
      template: 'onboarding',
      options: '{"blankCells":"clear","existing":"update","sendEmails":false}',
      fileName: 'people.csv',
      file: 'enabled,name\n1,Zoë\n',
    })
    expect(request!.headers['idempotency-key']).toMatch(/^[0-9a-f-]{36}$/)
  })

  test('an import with --watch prints progress on stderr, the summary on stdout, and no colours', async () => {
    const { code, stdout, stderr } = await musterProcess(
      {
        'POST /v1/imports': accept,
        [`GET /v1/imports/${id}/events`]: events(
          anImport({ status: 'parsing', plan: null, counts: noCounts(60) }),
          anImport({ status: 'applying', counts: someCounts({ created: 30 }) }),
          anImport(),
        ),
      },
      ...['import', 'people.csv', '--watch'],
    )
    expect(code).toBe(0)
    expect(stderr).toBe(`Uploading people.csv (20 bytes)
Reading the file  60 rows
✓ Read 60 rows
Creating people  50 %  30 of 60 rows
✓ Created 60 people, updated 0, skipped 0
`)
    expect(stdout).toMatch(/^✓ Completed {2}people.csv, 60 rows, in 4 s\n\n {3}60 {2}created\n/)
    expect(stdout).not.toContain('\u001b')
  })

  test('an upload that gets a 503 is sent again with the same key', async () => {
    const { code, stderr } = await muster(
      {
        'POST /v1/imports': (request, response, earlier) =>
          earlier === 0
            ? sendProblem(response, { title: 'Starting', status: 503 })
            : accept(request, response, earlier),
      },
      ...['import', 'people.csv'],
    )
    expect(code).toBe(0)
    expect(stderr).toContain('The API says: Starting. Trying again; the file is taken once however often it is sent.')
    const keys = api!.received.map((request) => request.headers['idempotency-key'])
    expect(new Set(keys).size).toBe(1)
    expect(keys).toHaveLength(2)
  })

  test('a rejected file prints every unmatched title and ends with exit code 3', async () => {
    const rows = { count: 1, first: [2] }
    const unmatchedTitles = [
      { title: 'Saftey', company: 'Blue Harbour', rows, reason: 'unknown', suggestions: ['Safety'] },
      { title: 'Weldin', company: 'Blue Harbour', rows, reason: 'unknown', suggestions: ['Welding'] },
    ]
    const problem = { title: 'Two titles are not known', status: 422, code: 'unmatched-titles', unmatchedTitles }
    const { code, stdout } = await musterProcess(
      {
        'POST /v1/imports': accept,
        [`GET /v1/imports/${id}/events`]: events(
          anImport({ status: 'rejected', plan: null, counts: noCounts(1), problem }),
        ),
        [`GET /v1/imports/${id}/rows`]: (_, response) => sendJson(response, { items: [], next: null }),
      },
      ...['import', 'people.csv', '-w'],
    )
    expect(code).toBe(3)
    expect(stdout).toContain('✗ Refused: nothing was written')
    expect(stdout).toContain('"Saftey"  Blue Harbour  row 2\n    → No such course. Did you mean "Safety"?')
    expect(stdout).toContain('"Weldin"')
  })

  test('a file with wrong columns prints every column on stderr and ends with exit code 2', async () => {
    const mapping = [{ field: 'mail', header: 'E-Mail', reason: 'unknown-field' }]
    const problem = { title: 'The columns cannot be matched', status: 422, code: 'invalid-mapping', mapping }
    const { code, stdout, stderr } = await musterProcess(
      { 'POST /v1/imports': (_, response) => sendProblem(response, problem) },
      ...['import', 'people.csv'],
    )
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toContain('mail   "E-Mail"  is no field')
  })

  test('a file with invalid rows prints them and ends with exit code 4', async () => {
    const found = anImport({ counts: someCounts({ invalid: 1, valid: 59, created: 59 }) })
    const row = {
      row: 9,
      outcome: 'invalid',
      errors: [{ column: 'email', code: 'x', message: 'No address.', value: 'a@' }],
    }
    const { code, stdout } = await muster(
      {
        'POST /v1/imports': accept,
        [`GET /v1/imports/${id}/events`]: events(found),
        [`GET /v1/imports/${id}/rows`]: (_, response) => sendJson(response, { items: [row], next: null }),
      },
      ...['import', 'people.csv', '-w'],
    )
    expect(code).toBe(4)
    expect(stdout).toContain('row 9  email  "a@"  No address.')
  })

  test('an import with --json prints only the import on stdout', async () => {
    const { stdout } = await muster({ 'POST /v1/imports': accept }, 'import', 'people.csv', '--json')
    expect(JSON.parse(stdout)).toEqual(accepted)
  })

  test('Ctrl-C does not stop the import, and the command prints how to follow it again', async () => {
    let watched = () => {}
    const watching = new Promise<void>((resolve) => {
      watched = resolve
    })
    api = await startFakeApi({
      'POST /v1/imports': accept,
      [`GET /v1/imports/${id}/events`]: (_, response) => {
        sendEvents(response, [anImport({ status: 'applying' })])
        watched()
      },
    })
    const env = { MUSTER_URL: api.url, MUSTER_API_KEY: key }
    const { child, ended } = startMuster(['import', 'people.csv', '--watch'], env, folder)
    await watching
    child.kill('SIGINT')
    const { code, stderr } = await ended
    expect(code).toBe(130)
    expect(stderr).toContain(`The import goes on. Follow it again: muster status ${id} --watch`)
    expect(api.received.map((request) => request.method)).toEqual(['POST', 'GET'])
  })
})

describe('muster status, list, resume, confirm, cancel', () => {
  test('status without an id shows the latest import, and its exit code means that the import waits', async () => {
    const problem = { title: 'The mail server cannot be reached', status: 503, detail: 'Check it, then resume.' }
    const paused = anImport({ status: 'paused', problem, finishedAt: null })
    const { code, stdout } = await muster(
      {
        'GET /v1/imports': (_, response) => sendJson(response, { items: [paused], next: null }),
        [`GET /v1/imports/${id}`]: (_, response) => sendJson(response, paused),
      },
      'status',
    )
    expect(code).toBe(5)
    expect(stdout).toContain('Check it, then resume.')
    expect(stdout).toContain(`muster resume ${id}`)
  })

  test('list follows the cursor up to the given limit', async () => {
    const { stdout } = await muster(
      {
        'GET /v1/imports': ({ query }, response) =>
          sendJson(
            response,
            query.get('cursor') ? { items: [anImport()], next: 'b' } : { items: [anImport()], next: 'a' },
          ),
      },
      ...['list', '-n', '2'],
    )
    expect(stdout.trimEnd().split('\n')).toHaveLength(3)
    expect(api!.received).toHaveLength(2)
  })

  test.each(['resume', 'confirm', 'cancel'])('%s prints one sentence', async (name) => {
    const { code, stdout } = await muster({ [`POST /v1/imports/${id}/${name}`]: accept }, name, id)
    expect([code, stdout]).toEqual([0, `Accepted: ${name}. Follow the import with: muster status ${id} --watch\n`])
  })

  test('resume of an import that is not paused prints the problem', async () => {
    const problem = { title: 'The import is not paused', status: 409, detail: 'It has completed.' }
    const refuse: Answer = (_, response) => sendProblem(response, problem)
    const { code, stderr } = await muster({ [`POST /v1/imports/${id}/resume`]: refuse }, 'resume', id)
    expect([code, stderr]).toEqual([1, '✗ The import is not paused\n  It has completed.\n'])
  })

  test('cancel --watch ends with exit code 0 when the import is cancelled', async () => {
    const { code } = await muster(
      {
        [`POST /v1/imports/${id}/cancel`]: accept,
        [`GET /v1/imports/${id}/events`]: events(anImport({ status: 'cancelled' })),
      },
      ...['cancel', id, '--watch'],
    )
    expect(code).toBe(0)
  })
})

describe('muster result', () => {
  const csv: Answer = (_, response) =>
    void response
      .writeHead(200, { 'Content-Disposition': 'attachment; filename="../../result-2026.csv"' })
      .end('email,status\nzoe@example.com,created\n')

  test('the result is printed, or saved in the given folder under the name from the API', async () => {
    const answers = { [`GET /v1/imports/${id}/result.csv`]: csv }
    expect((await muster(answers, 'result', id, '--csv')).stdout).toBe('email,status\nzoe@example.com,created\n')
    await api?.close()
    await mkdir(join(folder, 'out'))
    const { stdout, stderr } = await muster(answers, 'result', id, '--csv', '-o', 'out')
    expect(stdout).toBe('')
    expect(stderr).toContain(join('out', 'result-2026.csv'))
    expect(await readFile(join(folder, 'out/result-2026.csv'), 'utf8')).toContain('zoe@example.com')
  })

  test.each(['nowhere/', 'nowhere/result.csv', 'people.csv/result.csv'])(
    'the result cannot be saved as %s, the missing folder is named, and no file is left behind',
    async (output) => {
      const answers = { [`GET /v1/imports/${id}/result.csv`]: csv }
      const { code, stderr } = await muster(answers, 'result', id, '--csv', '-o', output)
      expect([code, stderr]).toEqual([2, `✗ ${output}: there is no such folder.\nSee muster help result.\n`])
      expect(await readdir(folder)).toEqual(['people.csv'])
    },
  )

  test('a result that breaks off leaves no file behind', async () => {
    const { code, stderr } = await muster(
      {
        [`GET /v1/imports/${id}/result.json`]: (_, response) => {
          response.writeHead(200, { 'Content-Length': '1000' })
          response.write('{"half":', () => response.destroy())
        },
      },
      ...['result', id, '-o', 'result.json'],
    )
    expect(code).toBe(1)
    expect(stderr).toContain('broke before the result was whole')
    expect(await readdir(folder)).toEqual(['people.csv'])
  })
})

describe('muster itself', () => {
  test('the command finds the stack of the current folder', async () => {
    api = await startFakeApi({ 'GET /v1/imports': (_, response) => sendJson(response, { items: [], next: null }) })
    await mkdir(join(folder, '.muster'))
    await writeFile(join(folder, '.muster/stack.json'), JSON.stringify({ api: api.url, apiKey: key, pids: {} }))
    expect(await runMuster(['list'], {}, folder)).toEqual({ code: 0, stdout: 'There is no import yet.\n', stderr: '' })
    expect(api.received[0]?.headers.authorization).toBe(`Bearer ${key}`)
  })

  test('a server error names the request id to search for', async () => {
    const fail: Answer = (_, response) => sendProblem(response, { title: 'Something broke', status: 500 })
    const { code, stderr } = await muster({ 'GET /v1/imports': fail }, 'list')
    expect([code, stderr]).toEqual([1, "✗ Something broke\n  Request req-7: look for it in the API's log.\n"])
  })

  test.each([
    [[], 2, 'Usage: muster COMMAND'],
    [['improt'], 2, 'There is no command improt.'],
    [['import'], 2, 'FILE is missing.'],
    [['import', 'a.csv', '--sideways'], 2, "Unknown option '--sideways'"],
    [['import', 'none.csv'], 2, 'there is no such file'],
    [['list', '-n', 'many'], 2, '--limit takes a number'],
    [['result', 'x', '--csv', '--json'], 2, 'Choose one of'],
    [['status', '--api', 'http://127.0.0.1:9', '--key', 'a b'], 2, 'holds spaces'],
  ])('the arguments %j end with exit code %i and a sentence on stderr', async (args, expected, sentence) => {
    const { code, stdout, stderr } = await runMuster(args, {}, folder)
    expect([code, stdout]).toEqual([expected, ''])
    expect(stderr).toContain(sentence)
  })

  test.each([
    [['help'], 'Usage: muster COMMAND'],
    [['help', 'import'], 'Usage: muster import FILE'],
    [['import', '--help'], 'Usage: muster import FILE'],
    [['--version'], 'muster 0.'],
  ])('the arguments %j print help or the version on stdout', async (args, text) => {
    const { code, stdout } = await runMuster(args, {}, folder)
    expect(code).toBe(0)
    expect(stdout).toContain(text)
  })
})
