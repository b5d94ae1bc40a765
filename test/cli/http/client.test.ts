import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Client } from '../../../cli/http/client.ts'
import { ApiProblem, Unreachable } from '../../../cli/http/errors.ts'
import { fileToSend } from '../../../cli/http/file-to-send.ts'
import { FileChanged } from '../../../cli/http/form.ts'
import { type Answer, type FakeApi, formOf, sendJson, sendProblem, startFakeApi } from '../fake-api.ts'

const key = 'mu_secret_key_0123456789'
let folder: string
let api: FakeApi | undefined
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'muster-cli-'))
})
afterEach(async () => {
  await api?.close()
  api = undefined
  await rm(folder, { recursive: true })
})

async function client(answers: Record<string, Answer>, pauses = [1, 1, 1]): Promise<Client> {
  api = await startFakeApi(answers)
  return new Client({ url: api.url, key, source: 'test' }, pauses)
}

async function file(content: string | Buffer, name = 'people.csv') {
  await writeFile(join(folder, name), content)
  return fileToSend(name, folder)
}

const send = async (to: Client, content: string | Buffer = 'a,b\n', retried: string[] = []) =>
  to.upload(
    '/v1/imports',
    await file(content),
    { template: 'onboarding' },
    { 'Idempotency-Key': 'one' },
    { onRetry: (why) => retried.push(why) },
  )

describe('an upload', () => {
  test('an upload is repeated, whole and with the same key, until the API accepts it', async () => {
    const content = Buffer.alloc(3_000_000, 'Zoë,')
    const retried: string[] = []
    const to = await client({
      'POST /v1/imports': (_, response, earlier) => {
        if (earlier === 0) response.destroy()
        else if (earlier === 1) sendProblem(response, { title: 'Starting', status: 503 })
        else sendJson(response, { id: '1' }, 202)
      },
    })
    expect(await send(to, content, retried)).toEqual({ id: '1' })
    expect(retried).toEqual(['The API does not answer.', 'The API says: Starting.'])
    expect(api?.received).toHaveLength(3)
    for (const request of api?.received ?? []) {
      const { headers, body } = request
      const form = await formOf(request)
      expect(form).toMatchObject({ template: 'onboarding', fileName: 'people.csv' })
      expect(form.file === content.toString()).toBe(true)
      expect(headers).toMatchObject({
        'idempotency-key': 'one',
        'content-length': String(body.length),
        authorization: `Bearer ${key}`,
      })
    }
  })

  test('a retry of an upload waits as long as the API asks', async () => {
    const times: number[] = []
    const to = await client({
      'POST /v1/imports': (_, response, earlier) => {
        times.push(performance.now())
        if (earlier > 0) return sendJson(response, {}, 202)
        response.setHeader('Retry-After', '1')
        sendProblem(response, { title: 'Too many requests', status: 429 })
      },
    })
    await send(to)
    expect(times[1]! - times[0]!).toBeGreaterThan(900)
  })

  test('an empty file is sent, and the API reports what is wrong with it', async () => {
    const to = await client({ 'POST /v1/imports': (_, response) => sendJson(response, {}, 202) })
    await send(to, '')
    expect(await formOf(api!.received[0]!)).toMatchObject({ file: '', fileName: 'people.csv' })
  })

  test('a rejected upload is not repeated', async () => {
    const to = await client({
      'POST /v1/imports': (_, response) => sendProblem(response, { title: 'Wrong headers', status: 422, code: 'x' }),
    })
    await expect(send(to)).rejects.toThrow('Wrong headers')
    expect(api?.received).toHaveLength(1)
  })

  test('an upload that is rejected while it is still being sent reports the problem, not a broken pipe', async () => {
    const door = createServer((socket) => {
      socket.on('error', () => {})
      socket.once('data', () => {
        const body = '{"title":"Too large","status":413}'
        socket.end(`HTTP/1.1 413 Too Large\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`)
      })
    })
    await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve))
    const to = new Client({ url: `http://127.0.0.1:${(door.address() as AddressInfo).port}`, key, source: 'test' }, [])
    await expect(send(to, Buffer.alloc(30_000_000, 'x'))).rejects.toThrow('Too large')
    await new Promise((resolve) => door.close(resolve))
  })

  test('an upload of a file that gets shorter while it is sent fails and does not hang', async () => {
    const to = await client({ 'POST /v1/imports': (_, response) => sendJson(response, {}, 202) })
    const found = await file('a,b,c\n')
    await truncate(found.path, 2)
    await expect(to.upload('/v1/imports', found, {})).rejects.toThrow(FileChanged)
  })

  test('an upload sends names and options with any characters unchanged', async () => {
    const to = await client({ 'POST /v1/imports': (_, response) => sendJson(response, {}, 202) })
    const options = '{"message":"Grüße,\\n--muster-\\r\\n佐藤"}'
    await to.upload('/v1/imports', await file('x', 'Zoë "list" 佐藤.csv'), { options })
    expect(await formOf(api!.received[0]!)).toEqual({ options, file: 'x', fileName: 'Zoë "list" 佐藤.csv' })
  })

  test('a path that is not a file fails before any request', async () => {
    await expect(fileToSend('none.csv', folder)).rejects.toThrow('none.csv: there is no such file.')
    await expect(fileToSend('.', folder)).rejects.toThrow('is not a file')
  })
})

describe('a request', () => {
  test('a request without a response ends with an error that names the URL and not the key', async () => {
    const to = await client({})
    await api?.close()
    const error = await to.json('/v1/imports').catch((reason: Error) => reason)
    expect(error).toBeInstanceOf(Unreachable)
    expect(String(error)).toMatch(/Nobody answers at http:\/\/127.0.0.1:\d+ \(ECONNREFUSED\)\. .* comes from test/)
    expect(String(error)).not.toContain(key)
  })

  test('a request to a server that is not the API fails with an error that says so', async () => {
    const to = await client({
      'GET /page': (_, response) => void response.end('<html>'),
      'GET /moved': (_, response) => void response.writeHead(301, { Location: 'https://muster.example' }).end(),
      'GET /broken': (_, response) => void response.writeHead(500).end('<html>'),
    })
    await expect(to.json('/page')).rejects.toThrow('not as Muster')
    await expect(to.json('/moved')).rejects.toThrow('use https://muster.example')
    await expect(to.json('/broken')).rejects.toThrow('The API answered with status 500')
    await expect(to.json('/none')).rejects.toThrow(ApiProblem)
  })
})
