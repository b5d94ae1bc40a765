import type { Template } from '../../../api/schema.ts'
import { useAll } from '../../../api/use-all.ts'

export type FieldChoices = ReturnType<typeof useFieldChoices>

/** The fields that columns of a template can be matched to, custom ones among them. */
export function useFieldChoices(template: Template) {
  const { items: custom } = useAll('GET /v1/custom-fields', { query: { limit: 200 } })
  const labels = new Map(template.fields.map(({ field, label }) => [field, label]))
  return {
    /** What people call a field, as `title 2` or `custom.shift`, too. */
    nameOf(field: string): string {
      const key = field.startsWith('custom.') ? field.slice('custom.'.length) : null
      if (key !== null) return custom.find((one) => one.key === key)?.label ?? key
      const [name = field, number] = field.split(' ')
      return [labels.get(name) ?? name, number].filter(Boolean).join(' ')
    },
    /** What a column can be; fields of another column say so, and move when they are chosen. */
    forColumn(own: string | null, taken: Record<string, string>) {
      const option = (value: string, label: string) => {
        const column = taken[value]
        return { value, label: column === undefined || value === own ? label : `${label} (now ${column})` }
      }
      const platform = template.fields.flatMap(({ field, label, numbered }) =>
        numbered
          ? numbers(field, taken).map((number) => option(`${field} ${number}`, `${label} ${number}`))
          : [option(field, label)],
      )
      const own_ = custom.map(({ key, label }) => option(`custom.${key}`, label))
      return [
        { group: 'Fields', items: platform },
        ...(own_.length > 0 ? [{ group: 'Custom fields', items: own_ }] : []),
      ]
    },
  }
}

/** Those in use and the next one. */
function numbers(field: string, taken: Record<string, string>): number[] {
  const used = Object.keys(taken)
    .filter((name) => name.startsWith(`${field} `))
    .map((name) => Number(name.slice(field.length + 1)))
  return [...new Set([...used, Math.max(0, ...used) + 1])].sort((a, b) => a - b)
}
