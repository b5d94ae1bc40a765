import { temporal } from '@temporalio/proto'
import type { NativeConnection } from '@temporalio/worker'
import type { Logger } from 'pino'

const { IndexedValueType } = temporal.api.enums.v1

/** Muster's search attributes (DESIGN.md), by the name that other programs query them with. */
const wanted: Record<string, number> = {
  MusterStatus: IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
  MusterCompany: IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD_LIST,
  MusterTemplate: IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
  MusterRows: IndexedValueType.INDEXED_VALUE_TYPE_INT,
}

const commands = Object.entries({
  MusterStatus: 'Keyword',
  MusterCompany: 'KeywordList',
  MusterTemplate: 'Keyword',
  MusterRows: 'Int',
})
  .map(([name, type]) => `temporal operator search-attribute create --name ${name} --type ${type}`)
  .join('\n  ')

/**
 * Makes the server know Muster's search attributes, where it allows that. Workflows do without them otherwise: an
 * unknown attribute would fail them, so they are told.
 *
 * @returns whether all of them are known
 */
export async function ensureSearchAttributes(
  connection: NativeConnection,
  namespace: string,
  log: Logger,
): Promise<boolean> {
  try {
    const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace })
    const missing = Object.entries(wanted).filter(([name]) => customAttributes?.[name] === undefined)
    if (missing.length > 0) {
      const searchAttributes = Object.fromEntries(missing)
      await connection.operatorService.addSearchAttributes({ namespace, searchAttributes })
    }
    return true
  } catch (error) {
    const { message } = error as Error
    log.warn(
      { reason: message },
      `This Temporal server does not let Muster register its search attributes. Run:\n  ${commands}`,
    )
    return false
  }
}
