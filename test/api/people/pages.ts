import { expect } from 'vitest'
import type { Answer } from '../../support/api-world.ts'

interface Reader {
  get(path: string): Promise<Answer>
}

/** Returns the body of a response, which must be a success. */
export async function bodyOf(client: Reader, path: string): Promise<Answer['body']> {
  const { status, body } = await client.get(path)
  expect([path, status]).toEqual([path, 200])
  return body
}

/** Reads a whole list page by page with cursors. @param path with a `?` */
export async function everyItem<Item>(client: Reader, path: string): Promise<Item[]> {
  const items: Item[] = []
  for (let cursor = ''; ; ) {
    const body = await bodyOf(client, `${path}${cursor}`)
    items.push(...body.items)
    if (body.next === null) return items
    cursor = `&cursor=${body.next}`
  }
}
