import { describe, expect, test } from 'vitest'
import type { ApiDocument, Schema } from '../../../api/docs/api-document.ts'
import { typescriptOf } from '../../../api/docs/typescript.ts'

const nothing = { info: { title: '', version: '' }, tags: [], paths: {}, components: { schemas: {} } }

function typeOf(schema: object): string {
  const text = typescriptOf({ ...nothing, components: { schemas: { It: schema as Schema } } })
  return /export type It = (.+)/.exec(text)?.[1] ?? ''
}

describe('the types of the console', () => {
  test.each([
    [{ type: 'integer' }, 'number'],
    [{ type: ['string', 'null'] }, 'string | null'],
    [{ enum: ['a', 'b'], type: 'string' }, '"a" | "b"'],
    [{ type: 'array', items: { type: ['string', 'null'] } }, '(string | null)[]'],
    [{ type: 'object', additionalProperties: { type: 'string' } }, 'Record<string, string>'],
    [
      { type: 'object', required: ['a'], properties: { a: { type: 'string' }, 'b-c': {} } },
      "{ a: string; 'b-c'?: unknown }",
    ],
    [{ allOf: [{ $ref: '#/components/schemas/Problem' }, { type: ['object', 'null'] }] }, 'Problem | null'],
    [{ anyOf: [{ $ref: '#/components/schemas/A' }, { type: 'null' }] }, 'A | null'],
  ])('the TypeScript type of %j is %s', (schema, type) => {
    expect(typeOf(schema)).toBe(type)
  })

  test('the type of an operation has its input and the responses of success', () => {
    const document: ApiDocument = {
      ...nothing,
      paths: {
        '/things/{id}': {
          get: {
            parameters: [
              { name: 'id', in: 'path', required: true, schema: { type: 'string' } },
              { name: 'limit', in: 'query', schema: { type: 'integer' } },
            ],
            responses: {
              200: { description: '', content: { 'application/json': { schema: { type: 'string' } } } },
              404: { description: '', content: { 'application/json': { schema: { type: 'integer' } } } },
            },
          },
          delete: { responses: { 204: { description: '' } } },
        },
      },
    }
    const text = typescriptOf(document).replace(/\s+/g, ' ')
    expect(text).toContain(
      `'GET /things/{id}': { path: { id: string } query: { limit?: number | undefined } body: undefined answer: string }`,
    )
    expect(text).toContain(`'DELETE /things/{id}': { path: undefined query: undefined body: undefined answer: null }`)
  })
})
