import { ApplicationFailure } from '@temporalio/common'
import { isPassing } from '../../db/core/transaction.ts'
import { failureTypes } from '../../domain/imports/failure.ts'
import type { Delivery } from './delivery.ts'

export type Fault = Extract<Delivery, { kind: 'unreachable' | 'configuration' }>

/** Creates the failure for a server or settings that do not work. It carries codes, and none of the server's words. */
export function mailFailure(fault: Omit<Fault, 'words'>): ApplicationFailure {
  const what = fault.reply === null ? fault.code : `${fault.code}, reply ${fault.reply}`
  const details = [{ code: fault.code, reply: fault.reply }]
  return fault.kind === 'unreachable'
    ? ApplicationFailure.create({
        type: failureTypes.mailUnreachable,
        message: `The mail server cannot be reached (${what}).`,
        details,
      })
    : ApplicationFailure.create({
        type: failureTypes.mailConfiguration,
        message: `The mail settings do not work (${what}). Check SMTP_URL, its password and MAIL_FROM.`,
        nonRetryable: true,
        details,
      })
}

/** Runs database work. Turns a temporary error into a failure type, without the driver's message. */
export async function onDatabase<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!isPassing(error)) throw error
    const code = String((error as { code?: unknown }).code ?? 'lost connection')
    throw ApplicationFailure.create({ type: failureTypes.databaseBusy, message: `The database is busy (${code}).` })
  }
}
