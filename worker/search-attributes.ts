import type { NativeConnection } from '@temporalio/worker'
import type { Logger } from 'pino'

/**
 * Muster's search attributes (DESIGN.md): the name of each type, and its number in Temporal's public API
 * (`temporal.api.enums.v1.IndexedValueType`).
 */
const wanted: Record<string, { type: string; number: number }> = {
  MusterStatus: { type: 'Keyword', number: 2 },
  MusterCompany: { type: 'KeywordList', number: 7 },
  MusterTemplate: { type: 'Keyword', number: 2 },
  MusterRows: { type: 'Int', number: 3 },
}

const commands = Object.entries(wanted)
  .map(([name, { type }]) => `temporal operator search-attribute create --name ${name} --type ${type}`)
  .join('\n  ')

/**
 * Registers Muster's search attributes if the server allows it. Otherwise workflows omit them, because an unknown
 * attribute would fail the workflow.
 *
 * @returns whether the server has all of them
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
      const searchAttributes = Object.fromEntries(missing.map(([name, { number }]) => [name, number]))
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
