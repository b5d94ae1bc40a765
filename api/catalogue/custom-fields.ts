import { z } from '@hono/zod-openapi'
import {
  choicesInUse,
  deleteCustomField,
  findCustomField,
  hasValues,
  insertCustomField,
  isBeingImported,
  listCustomFields,
  lockCustomField,
  updateCustomField,
} from '../../db/catalogue/custom-fields.ts'
import type { Db, Trx } from '../../db/core/database.ts'
import { inTransaction } from '../../db/core/transaction.ts'
import { customFieldTypes } from '../../domain/people/fields.ts'
import { crudRoutes } from '../http/crud/crud.ts'
import type { ApiDeps } from '../http/deps.ts'
import { ApiProblem, invalidRequest } from '../http/problems.ts'
import {
  choicesSchema,
  customFieldSchema,
  fieldKeySchema,
  nameFilter,
  nameSchema,
  searchFilter,
} from './catalogue-schemas.ts'

const newField = z
  .strictObject({
    key: fieldKeySchema,
    label: nameSchema,
    type: z.enum(customFieldTypes).openapi({ example: 'choice' }),
    choices: choicesSchema.default([]),
  })
  .superRefine(({ type, choices }, check) => {
    const message = wrongChoices(type, choices)
    if (message) check.addIssue({ code: 'custom', path: ['choices'], message })
  })
const fieldChange = z.strictObject({ label: nameSchema.optional(), choices: choicesSchema.optional() })

type Field = z.output<typeof customFieldSchema>

/** Custom fields of people: read by every key, managed by platform-wide keys. */
export function customFieldRoutes(deps: Pick<ApiDeps, 'db'>) {
  return crudRoutes(deps, {
    one: 'custom field',
    many: 'custom fields',
    item: customFieldSchema,
    filters: { key: nameFilter, label: nameFilter, q: searchFilter, type: z.enum(customFieldTypes).optional() },
    managedBy: 'platform',
    list: (db, _, filter, page) => listCustomFields(db, filter, page),
    find: findCustomField,
    create: { body: newField, conflicts: true, insert: insertCustomField },
    change: {
      body: fieldChange,
      conflicts: true,
      description: 'Key and type stay. A choice that somebody has cannot be taken away.',
      update: (db, { id }, change) => inTransaction(db, (trx) => changeField(trx, id, change)),
    },
    remove: {
      which: 'that nobody has a value of',
      description: 'Saved mappings leave its column out from then on.',
      inUse: 'There are people with a value of this field.',
      delete: deleteField,
    },
  })
}

/** What is wrong with the choices of a field of this type, or null. */
function wrongChoices(type: Field['type'], choices: string[]): string | null {
  if (type === 'choice') return choices.length === 0 ? 'expected at least one choice' : null
  return choices.length === 0 ? null : `a field of type ${type} has no choices`
}

async function changeField(trx: Trx, id: string, change: z.output<typeof fieldChange>): Promise<void> {
  const field = await lockCustomField(trx, id)
  if (!field) return
  const { choices } = change
  if (choices) {
    const message = wrongChoices(field.type, choices)
    if (message) throw invalidRequest([{ path: 'choices', message }])
    const dropped = field.choices.filter((choice) => !choices.includes(choice))
    const used = await choicesInUse(trx, field.key, dropped)
    if (used.length > 0) {
      throw new ApiProblem('in-use', 'There are people with a choice that would be taken away.', { choices: used })
    }
  }
  await updateCustomField(trx, id, change)
}

function deleteField(db: Db, { id, key }: Field): Promise<void> {
  return inTransaction(db, async (trx) => {
    await lockCustomField(trx, id)
    if (await hasValues(trx, key)) throw new ApiProblem('in-use', 'There are people with a value of this field.')
    if (await isBeingImported(trx, key)) {
      throw new ApiProblem('in-use', 'An import that has not ended has a column with values of this field.')
    }
    await deleteCustomField(trx, id, key)
  })
}
