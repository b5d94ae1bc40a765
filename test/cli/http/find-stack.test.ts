import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { findStack } from '../../../cli/http/find-stack.ts'
import { chooseTarget } from '../../../cli/http/target.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'muster-cli-'))
})
afterEach(() => rm(folder, { recursive: true }))

async function stackIn(path: string, content: unknown = { api: 'http://localhost:3000', apiKey: 'key' }) {
  await mkdir(join(folder, path), { recursive: true })
  await writeFile(join(folder, path, 'stack.json'), typeof content === 'string' ? content : JSON.stringify(content))
  return join(folder, path, 'stack.json')
}

describe('the stack of this machine', () => {
  test('the stack is found only in MUSTER_DATA_DIR when that is set', async () => {
    const path = await stackIn('data')
    await stackIn('.muster')
    expect(await findStack({ MUSTER_DATA_DIR: 'data' }, folder, folder)).toMatchObject({ path })
    expect(await findStack({ MUSTER_DATA_DIR: 'empty' }, folder, folder)).toBeNull()
  })

  test('the stack is found in the current folder, else in the clone that the script belongs to', async () => {
    await mkdir(join(folder, 'clone/dist/cli'), { recursive: true })
    await writeFile(join(folder, 'clone/package.json'), '{"name":"muster"}')
    const script = join(folder, 'clone/dist/cli')
    expect(await findStack({}, folder, script)).toBeNull()
    const ofClone = await stackIn('clone/.muster')
    expect(await findStack({}, folder, script)).toEqual({ api: 'http://localhost:3000', apiKey: 'key', path: ofClone })
    const ofFolder = await stackIn('.muster')
    expect(await findStack({}, folder, script)).toMatchObject({ path: ofFolder })
  })

  test('an error about a broken stack.json names the file and does not quote it', async () => {
    await stackIn('.muster', '{"apiKey": "secret-key-1", oops')
    const error = await findStack({}, folder, folder).catch((reason: Error) => reason.message)
    expect(error).toContain('stack.json does not tell')
    expect(error).not.toContain('secret')
  })
})

describe('the API to speak to', () => {
  const stack = { api: 'http://localhost:3000', apiKey: 'stack-key', path: '/s/stack.json' }

  test('flags override the environment, and the environment overrides the stack', () => {
    const env = { MUSTER_URL: 'http://b.example', MUSTER_API_KEY: 'env-key' }
    expect(chooseTarget({ api: 'https://a.example/', key: 'flag-key' }, env, stack)).toEqual({
      url: 'https://a.example',
      key: 'flag-key',
      source: '--api',
    })
    expect(chooseTarget({}, env, stack)).toEqual({ url: 'http://b.example', key: 'env-key', source: 'MUSTER_URL' })
    expect(chooseTarget({}, {}, stack)).toEqual({ url: stack.api, key: 'stack-key', source: stack.path })
  })

  test('the key of the stack is sent only to the stack', () => {
    expect(() => chooseTarget({ api: 'http://other.example' }, {}, stack)).toThrow('An API key is needed')
    expect(chooseTarget({ api: 'http://localhost:3000/' }, {}, stack).key).toBe('stack-key')
  })

  test.each([
    [{ api: 'localhost:3000', key: 'k' }, 'must start with http'],
    [{ api: 'http://me:hunter2@host', key: 'k' }, 'must not hold a user name'],
    [{ api: 'http://host', key: 'hunter2\n' }, 'holds spaces'],
    [{}, 'No Muster runs on this machine'],
  ])('an error about the URL or the key does not contain the secret: case %#', (flags, sentence) => {
    expect(() => chooseTarget(flags, {}, null)).toThrow(sentence)
    expect(() => chooseTarget(flags, {}, null)).not.toThrow('hunter2')
  })
})
