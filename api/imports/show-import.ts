import type { Scope } from '../../db/core/page.ts'
import { findImport, type ImportRecord } from '../../db/imports/imports.ts'
import type { ApiDeps } from '../http/deps.ts'
import { notFound } from '../http/problems.ts'
import { isId } from '../http/schemas/common.ts'
import { ImportCounts } from './import-counts.ts'
import { type ImportJson, importJson } from './import-schemas.ts'

/** Reads imports as the API shows them, each with its counts. */
export class ImportView {
  readonly #deps: Pick<ApiDeps, 'db' | 'config'>
  readonly #counts: ImportCounts

  constructor(deps: Pick<ApiDeps, 'db' | 'config'>) {
    this.#deps = deps
    this.#counts = new ImportCounts(deps.db)
  }

  /** @throws ApiProblem 404 for an import that does not exist or is outside the scope */
  async find(id: string, scope: Scope): Promise<ImportRecord> {
    const entry = isId(id) ? await findImport(this.#deps.db, id, scope) : undefined
    if (!entry) throw notFound('import')
    return entry
  }

  /** @throws ApiProblem 404 for an import that does not exist or is outside the scope */
  async show(id: string, scope: Scope): Promise<ImportJson> {
    const [shown] = await this.showAll([await this.find(id, scope)])
    if (!shown) throw notFound('import')
    return shown
  }

  async showAll(entries: ImportRecord[]): Promise<ImportJson[]> {
    const counted = await this.#counts.of(entries)
    return counted.map(({ entry, counts }) => importJson(entry, counts, this.#deps.config))
  }
}
