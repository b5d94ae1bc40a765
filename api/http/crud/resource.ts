import type { z } from '@hono/zod-openapi'
import type { Db } from '../../../db/core/database.ts'
import type { Page, Scope } from '../../../db/core/page.ts'
import type { Caller } from '../caller.ts'

/** A resource with the usual routes to list, create, read, change and delete: its names, fields and operations. */
export interface Resource<
  Item extends z.ZodType<{ id: string }>,
  Filters extends z.ZodRawShape,
  New extends z.ZodType,
  Change extends z.ZodType,
> {
  /** Singular and plural in a sentence. The path and the tag in the documentation follow from `many`. */
  one: string
  many: string
  item: Item
  /** Query parameters of the list, in addition to those of its page. */
  filters: Filters
  /**
   * Who may create, change and delete. `platform`: platform-wide keys. `every key`: every key within its companies.
   * `owner`: every key within its companies, and only platform-wide keys for items of no company (`company` null).
   */
  managedBy: 'platform' | 'every key' | 'owner'
  list(db: Db, scope: Scope, filter: z.output<z.ZodObject<Filters>>, page: Page): Promise<z.output<Item>[]>
  find(db: Db, id: string, scope: Scope): Promise<z.output<Item> | undefined>
  create?: {
    body: New
    description?: string
    /** True when a unique value, such as a name, can be taken. */
    conflicts?: boolean
    insert(db: Db, values: z.output<New>, caller: Caller): Promise<{ id: string }>
  }
  change?: {
    body: Change
    description?: string
    conflicts?: boolean
    update(db: Db, item: z.output<Item>, values: z.output<Change>, caller: Caller): Promise<unknown>
  }
  remove: {
    /** Limits what may be deleted, for the summary: `without users`. */
    which?: string
    description?: string
    /** Why an item was not deleted, where other data may refer to it. */
    inUse?: string
    delete(db: Db, item: z.output<Item>): Promise<void>
  }
}

/** A resource of any types. */
export type AnyResource = Resource<z.ZodType<{ id: string }>, z.ZodRawShape, z.ZodType, z.ZodType>
