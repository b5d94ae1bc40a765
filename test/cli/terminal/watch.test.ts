import { afterEach, expect, test } from 'vitest'
import { Client } from '../../../cli/http/client.ts'
import { ApiProblem, Unreachable } from '../../../cli/http/errors.ts'
import { type Watcher, watchImport } from '../../../cli/terminal/watch.ts'
import type { Import } from '../../../cli/types.ts'
import { type Answer, anImport, type FakeApi, sendEvents, sendJson, sendProblem, startFakeApi } from '../fake-api.ts'

const { id } = anImport()
const path = `/v1/imports/${id}`
const at = (status: string) => anImport({ status })

let api: FakeApi
afterEach(() => api.close())

async function start(events: Answer, get: Answer = (_, response) => sendJson(response, at('applying'))) {
  api = await startFakeApi({ [`GET ${path}/events`]: events, [`GET ${path}`]: get })
}

function watch(more: Partial<Watcher> = {}) {
  const seen: string[] = []
  const outages: number[] = []
  const ended = watchImport(new Client({ url: api.url, key: 'k', source: 'test' }), id, {
    onProgress: (current: Import) => seen.push(current.status),
    onOutage: () => outages.push(seen.length),
    pollEvery: 5,
    ...more,
  })
  return { seen, outages, ended }
}

test('a watch sends the key and follows the events until the import ends', async () => {
  await start((_, response) => sendEvents(response, [at('parsing'), at('applying'), at('completed')]))
  const { seen, ended } = watch()
  expect((await ended).status).toBe('completed')
  expect(seen).toEqual(['parsing', 'applying', 'completed'])
  expect(api.received[0]?.headers).toMatchObject({ authorization: 'Bearer k', accept: 'text/event-stream' })
})

test.each(['paused', 'review', 'rejected', 'cancelled', 'failed'])('a watch stops at the status %s', async (status) => {
  await start((_, response) => sendEvents(response, [at('validating'), at(status)]))
  expect((await watch().ended).status).toBe(status)
})

test('a stream that breaks is opened again, and the import is requested in the meantime', async () => {
  await start((_, response, earlier) => {
    sendEvents(response, [earlier === 0 ? at('parsing') : at('completed')])
    if (earlier === 0) response.write('event: import\ndata: {"id": "cut o', () => response.destroy())
  })
  const { seen, ended } = watch()
  await ended
  expect(seen).toEqual(['parsing', 'applying', 'completed'])
})

test('without a stream, a watch requests the import until it ends', async () => {
  const answers = ['parsing', 'applying', 'completed'].map(at)
  await start(
    (_, response) => sendProblem(response, { title: 'Not acceptable', status: 406 }),
    (_, response, earlier) => sendJson(response, answers[earlier]),
  )
  const { seen, ended } = watch()
  await ended
  expect(seen).toEqual(['parsing', 'applying', 'completed'])
})

test('a watch waits for an API that restarts, and reports the outage once', async () => {
  await start((_, response) => sendEvents(response, [at('applying')]))
  const { port } = api
  let told = () => {}
  const outage = new Promise<void>((resolve) => {
    told = resolve
  })
  const seen: string[] = []
  const outages: number[] = []
  let first = () => {}
  const started = new Promise<void>((resolve) => {
    first = resolve
  })
  const { ended } = watch({
    onProgress: (current) => {
      seen.push(current.status)
      first()
    },
    onOutage: () => {
      outages.push(seen.length)
      told()
    },
  })
  await started
  await api.close()
  await outage
  api = await startFakeApi({ [`GET ${path}/events`]: (_, response) => sendEvents(response, [at('completed')]) }, port)
  expect((await ended).status).toBe('completed')
  expect(outages).toHaveLength(1)
  expect(seen.at(0)).toBe('applying')
})

test('a watch fails when the API stays away for too long', async () => {
  await start((_, response) => sendEvents(response, [at('applying')]))
  await api.close()
  await expect(watch({ patience: 20 }).ended).rejects.toThrow(Unreachable)
})

test('an unknown import fails at once', async () => {
  const gone: Answer = (_, response) => sendProblem(response, { title: 'No such import', status: 404 })
  await start(gone, gone)
  await expect(watch().ended).rejects.toThrow(ApiProblem)
})

test('the status that was just ended does not end the watch', async () => {
  await start(
    (_, response, earlier) => {
      sendEvents(response, earlier === 0 ? [at('paused')] : [at('notifying'), at('completed')])
      response.end()
    },
    (_, response) => sendJson(response, at('paused')),
  )
  const { seen, ended } = watch({ leaving: 'paused' })
  expect((await ended).status).toBe('completed')
  expect(seen).toEqual(['paused', 'paused', 'notifying', 'completed'])
})

test('an abort ends the watch', async () => {
  await start((_, response) => sendEvents(response, [at('applying')]))
  const stop = new AbortController()
  const { ended } = watch({ signal: stop.signal, onProgress: () => stop.abort() })
  await expect(ended).rejects.toThrow('aborted')
})
