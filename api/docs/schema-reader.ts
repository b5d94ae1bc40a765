import type { ApiDocument, Schema } from './api-document.ts'

/** Resolves schemas by reference, and describes them by example, type and limits. */
export function schemaReader({ components }: Pick<ApiDocument, 'components'>) {
  const nameOf = (schema: Schema): string | undefined => schema.$ref?.split('/').at(-1)

  function resolve(schema: Schema): Schema {
    const name = nameOf(schema)
    const found = name === undefined ? schema : (components.schemas[name] ?? {})
    if (!found.allOf) return found
    const parts = found.allOf.map(resolve)
    return {
      properties: Object.assign({}, ...parts.map(({ properties }) => properties)),
      required: parts.flatMap(({ required = [] }) => required),
    }
  }

  /** The alternatives of a schema except null. */
  function alternatives(schema: Schema): Schema[] {
    return (schema.anyOf ?? schema.oneOf ?? []).filter((part) => part.type !== 'null')
  }

  /** Makes an example value of this schema. */
  function exampleOf(given: Schema): unknown {
    const schema = resolve(given)
    if (schema.example !== undefined) return schema.example
    if (schema.default !== undefined) return schema.default
    if (schema.enum) return schema.enum[0]
    const [first] = alternatives(schema)
    if (first) return exampleOf(first)
    const { properties } = schema
    if (properties) return Object.fromEntries(Object.entries(properties).map(([name, its]) => [name, exampleOf(its)]))
    const type = Array.isArray(schema.type) ? schema.type[0] : schema.type
    if (type === 'array') return schema.items ? [exampleOf(schema.items)] : []
    return { string: '', integer: 0, number: 0, boolean: true, object: {} }[type ?? ''] ?? null
  }

  /** Names the type, such as `string (uuid)`, `Import[]`, `"update" | "skip"` or `string or null`. */
  function typeOf(schema: Schema): string {
    const name = nameOf(schema)
    if (name !== undefined) return name
    if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ')
    const parts = schema.anyOf ?? schema.oneOf ?? schema.allOf
    if (parts) return [...new Set(parts.map(typeOf))].join(schema.allOf ? ' and ' : ' or ')
    if (schema.type === 'array') return `${schema.items ? typeOf(schema.items) : 'anything'}[]`
    const type = [schema.type ?? 'anything'].flat().join(' or ')
    return schema.format ? `${type} (${schema.format})` : type
  }

  /** Describes the bounds and the default of a value. */
  function limitsOf({ minimum, maximum, maxLength, default: usual }: Schema): string {
    return [
      minimum === undefined ? '' : `from ${minimum}`,
      maximum === undefined || maximum > 1e15 ? '' : `to ${maximum}`,
      maxLength === undefined ? '' : `at most ${maxLength} characters`,
      usual === undefined ? '' : `default ${JSON.stringify(usual)}`,
    ]
      .filter(Boolean)
      .join(', ')
  }

  return { resolve, exampleOf, typeOf, limitsOf }
}
