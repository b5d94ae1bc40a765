import type { z } from '@hono/zod-openapi'
import type { Db } from '../../../db/core/database.ts'
import type { Page, Scope } from '../../../db/core/page.ts'
import type { Caller } from '../caller.ts'

/** A resource that is listed, created, read, changed and deleted as any other: what it is called, holds and does. */
export interface Resource<
  Item extends z.ZodType<{ id: string }>,
  Filters extends z.ZodRawShape,
  New extends z.ZodType,
  Change extends z.ZodType,
> {
  /** As a sentence says it: the address and the group in the documentation follow from `many`. */
  one: string
  many: string
  item: Item
  /** Query parameters of the list, beside its page. */
  filters: Filters
  /**
   * Who creates, changes and deletes: platform-wide keys, or every key within its companies. `owner`: every key what
   * belongs to its companies, and platform-wide keys what is everybody's (`company` null), which all may read.
   */
  managedBy: 'platform' | 'every key' | 'owner'
  list(db: Db, scope: Scope, filter: z.output<z.ZodObject<Filters>>, page: Page): Promise<z.output<Item>[]>
  find(db: Db, id: string, scope: Scope): Promise<z.output<Item> | undefined>
  create?: {
    body: New
    description?: string
    /** Whether one that is there can stand in the way: a name that is taken. */
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
    /** Which may be deleted: `that nobody is in`. */
    which?: string
    description?: string
    /** Why one was not deleted, where others may refer to it. */
    inUse?: string
    delete(db: Db, item: z.output<Item>): Promise<void>
  }
}

/** A resource whose types nobody needs to know. */
export type AnyResource = Resource<z.ZodType<{ id: string }>, z.ZodRawShape, z.ZodType, z.ZodType>
