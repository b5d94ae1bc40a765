/** A page of a list in the order of ids, which is the order of creation (`uuidv7`). */
export interface Page {
  /** The last id of the page before; null for the first page. */
  after: string | null
  limit: number
  /** Left out before the first, after `after`. Default 0. */
  skip?: number
}

/** Companies that the asker may see; null: all of them. */
export type Scope = string[] | null
