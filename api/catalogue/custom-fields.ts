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
import { nameSchema } from '../http/schemas/name.ts'
import { choicesSchema, customFieldSchema, fieldKeySchema, nameFilter, searchFilter } from './catalogue-schemas.ts'

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

const valuesInUse = 'Users have a value in this field.'

type Field = z.output<typeof customFieldSchema>

/** Custom fields of users. Every key reads them. Platform-wide keys manage them. */
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
      description: 'Key and type cannot change. A choice that a user has cannot be removed.',
      update: (db, { id }, change) => inTransaction(db, (trx) => changeField(trx, id, change)),
    },
    remove: {
      which: 'without values',
      description: 'Also removes the field from saved mappings.',
      inUse: valuesInUse,
      delete: deleteField,
    },
  })
}

/** Returns the error in the choices of a field of this type, or null. */
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
      throw new ApiProblem('in-use', 'Users have a choice that this change removes.', { choices: used })
    }
  }
  await updateCustomField(trx, id, change)
}

function deleteField(db: Db, { id, key }: Field): Promise<void> {
  return inTransaction(db, async (trx) => {
    await lockCustomField(trx, id)
    if (await hasValues(trx, key)) throw new ApiProblem('in-use', valuesInUse)
    if (await isBeingImported(trx, key)) {
      throw new ApiProblem('in-use', 'An import that has not ended has values for this field.')
    }
    await deleteCustomField(trx, id, key)
  })
}
