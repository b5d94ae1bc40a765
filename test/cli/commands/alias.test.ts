import { afterEach, expect, test } from 'vitest'
import { anImport, type FakeApi, sendJson, startFakeApi } from '../fake-api.ts'
import { muster } from '../in-process.ts'

const { id } = anImport()
const company = '0198c0de-0000-7000-8000-00000000000c'
const course = '0198c0de-0000-7000-8000-00000000000d'

let api: FakeApi | undefined
afterEach(() => api?.close())

/** Runs `muster alias`, after which these titles of the file are still unmatched. */
async function taught(unmatchedTitles: object[], count = unmatchedTitles.length) {
  api = await startFakeApi({
    'GET /v1/courses': (_, response) => sendJson(response, { items: [{ id: course, title: 'Welding' }], next: null }),
    [`POST /v1/imports/${id}/aliases`]: (_, response) => sendJson(response, { count, unmatchedTitles }),
  })
  const env = { MUSTER_URL: api.url, MUSTER_API_KEY: 'mu_secret_key_0123456789' }
  return muster(['alias', id, 'Weldin', '--company', company, '--course', 'Welding'], env)
}

const left = (title: string, of: string) => ({
  title,
  company: of,
  rows: { count: 1, first: [2] },
  reason: 'unknown',
  suggestions: [],
})

test('a title that is unmatched for several companies counts once, as in the problem', async () => {
  const { code, stdout } = await taught([
    left('Saftey', 'Blue Harbour'),
    left('Saftey', 'Mesa Verde'),
    left('Wldng', 'X'),
  ])
  expect([code, stdout.split('\n')[0]]).toEqual([0, 'Taught. 2 titles are still unmatched:'])
})

test('the count of unmatched titles includes titles beyond the end of a shortened list', async () => {
  expect((await taught([left('Saftey', 'Blue Harbour')], 5_000)).stdout).toContain('Taught. 5,000 titles are')
})

test('without further unmatched titles, the command prints how to check the file again', async () => {
  expect((await taught([])).stdout).toContain(`muster revalidate ${id} --watch`)
})
