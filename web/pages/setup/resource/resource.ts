import type { ComponentType } from 'react'
import type { Item } from '../../../api/hooks.ts'
import type { Column } from '../../../parts/lists/data-table.tsx'
import type { Field, Values } from './forms/field.ts'

/** The last part of an address below /setup, and of the one below /v1. */
export type Part =
  | 'companies'
  | 'courses'
  | 'cohorts'
  | 'groups'
  | 'collections'
  | 'campaigns'
  | 'permission-sets'
  | 'custom-fields'
  | 'title-aliases'
  | 'mappings'
  | 'api-keys'
  | 'accounts'

/** What can be set up as any other: listed, added, changed and deleted, with what is its own said here. */
export interface Resource<Entry> {
  part: Part
  /** As the page is called: `Companies`. */
  title: string
  /** In a sentence: `company`. */
  one: string
  /** What they are for. */
  sentence: string
  /** Before there is one. */
  empty: string
  /** Who adds, changes and deletes: administrators of the platform, or everybody within their companies. */
  managedBy: 'platform' | 'everybody'
  /** A role that does not see these at all. */
  hiddenFrom?: 'companies'
  nameOf: (item: Entry) => string
  columns: Column<Entry>[]
  /** Of the form; where nothing can be changed they are shown as text. */
  fields: Field[]
  /** Whether the list can be narrowed to one company. */
  byCompany?: boolean
  /** The button that adds one. Left out: nobody adds one here. */
  add?: string
  /** Whether one can be changed afterwards. */
  changes?: boolean
  /** What goes with it, what stays, and when it is refused. */
  deleting: string
  /** Where another word than `Delete` says it better. */
  deleteVerb?: string
  /** Why this one can be neither changed nor deleted by whoever is signed in, or null. */
  keeps?: (item: Entry, self: string) => string | null
  /** What the API is told, where it is not the values as they are. */
  bodyOf?: (values: Values) => Values
  /** What one holds beyond its fields, to look at. */
  Details?: ComponentType<{ item: Entry }>
  /** Further acts on one, beside its form. */
  More?: ComponentType<{ item: Entry }>
  /** What is seen once, when one was added. */
  Made?: ComponentType<{ answer: unknown }>
}

/** One of any resource; the parts that show it know no more. */
export type AnyEntry = { id: string } & Values
export type AnyResource = Resource<AnyEntry>

/** Checks a resource against what the API answers for it, and forgets the types that the shared parts need not know. */
export function resource<P extends Part>(given: Resource<Item<`GET /v1/${P}`>> & { part: P }): AnyResource {
  return given as unknown as AnyResource
}
