import type { ApiDocument, Operation, Parameter, Schema } from './api-document.ts'

/** A schema with the JSON Schema 2020-12 keywords that only the types need. */
type Written = Schema & { const?: unknown; additionalProperties?: boolean | Written }

/**
 * Writes the API as TypeScript types for the console: one type for each named schema, and `Operations`, which has the
 * input and the response of each `METHOD /path`. It replaces openapi-typescript, which needs the compiler API of
 * TypeScript 5 that TypeScript 7 does not have. zod uses few keywords, so little code is enough.
 */
export function typescriptOf({ paths, components }: ApiDocument): string {
  const schemas = Object.entries(components.schemas).map(
    ([name, schema]) => `export type ${name} = ${typeOf(schema)}\n`,
  )
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, it]) => `  '${method.toUpperCase()} ${path}': ${operationOf(it)}\n`),
  )
  return `// Generated from the API's document by api/docs/write-typescript.ts. Do not edit or commit this file.

${schemas.join('\n')}
export interface Operations {
${operations.join('')}}
`
}

function operationOf({ parameters = [], requestBody, responses }: Operation): string {
  const good = Object.entries(responses).filter(([status]) => status.startsWith('2'))
  const answers = [...new Set(good.map(([, { content }]) => answerOf(content)))]
  return `{
    path: ${inputOf(parameters, 'path')}
    query: ${inputOf(parameters, 'query')}
    body: ${bodyOf(requestBody)}
    answer: ${answers.join(' | ') || 'null'}
  }`
}

function inputOf(parameters: Parameter[], place: Parameter['in']): string {
  const fields = parameters
    .filter((parameter) => parameter.in === place)
    .map(({ name, required, schema = {} }) =>
      required ? `${quoted(name)}: ${typeOf(schema)}` : `${quoted(name)}?: ${typeOf(schema)} | undefined`,
    )
  return fields.length === 0 ? 'undefined' : `{ ${fields.join('; ')} }`
}

/** Prefers JSON. Other content types of a route are for downloads, not for programs. */
function answerOf(content: Record<string, { schema?: Schema }> | undefined): string {
  if (!content) return 'null'
  const json = content['application/json']?.schema
  return json ? typeOf(json) : 'string'
}

function bodyOf(requestBody: Operation['requestBody']): string {
  if (!requestBody) return 'undefined'
  const { content } = requestBody
  const json = content['application/json']?.schema
  if (json) return typeOf(json)
  return content['multipart/form-data'] ? 'FormData' : 'string'
}

function typeOf(schema: Written): string {
  if (schema.$ref) return schema.$ref.split('/').at(-1) ?? 'unknown'
  if ('const' in schema) return JSON.stringify(schema.const)
  if (schema.enum) return unionOf(schema.enum.map((value) => JSON.stringify(value)))
  const parts = schema.anyOf ?? schema.oneOf
  if (parts) return unionOf(parts.map(typeOf))
  if (schema.allOf) return allOf(schema.allOf)
  return unionOf([schema.type ?? 'unknown'].flat().map((type) => plainType(type, schema)))
}

/** zod writes a nullable named schema as `allOf` of the schema and of `object | null`. */
function allOf(parts: Written[]): string {
  const named = parts.filter((part) => !isObjectOrNull(part))
  const type = named.map((part) => bracketed(typeOf(part))).join(' & ')
  return named.length === parts.length ? type : `${type} | null`
}

function isObjectOrNull({ type, properties }: Written): boolean {
  return Array.isArray(type) && type.includes('object') && type.includes('null') && properties === undefined
}

function plainType(type: string, schema: Written): string {
  if (type === 'array') return schema.items ? `${bracketed(typeOf(schema.items))}[]` : 'unknown[]'
  if (type === 'integer') return 'number'
  return type === 'object' ? objectOf(schema) : type
}

function objectOf({ properties = {}, required = [], additionalProperties: others }: Written): string {
  const fields = Object.entries(properties).map(
    ([name, its]) => `${quoted(name)}${required.includes(name) ? '' : '?'}: ${typeOf(its)}`,
  )
  const open = others === undefined || others === false ? null : others === true ? 'unknown' : typeOf(others)
  if (fields.length === 0) return `Record<string, ${open ?? 'unknown'}>`
  // In addition to named fields, TypeScript requires an index type that includes all of them.
  return `{ ${[...fields, ...(open ? ['[more: string]: unknown'] : [])].join('; ')} }`
}

function unionOf(types: string[]): string {
  return [...new Set(types)].join(' | ')
}

function bracketed(type: string): string {
  return /[|&]/.test(type) ? `(${type})` : type
}

function quoted(name: string): string {
  return /^[a-z_$][\w$]*$/i.test(name) ? name : `'${name}'`
}
