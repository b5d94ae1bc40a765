import { FileProblem } from '../file-problem.ts'
import { MAX_IDLE_ELEMENTS } from '../limits.ts'

/** @param why completes "The workbook is damaged: …" */
export function damaged(why: string): FileProblem {
  return new FileProblem(
    'workbook-damaged',
    `The workbook is damaged: ${why}. Open it in a spreadsheet and save it again.`,
  )
}

export function broken(): FileProblem {
  return damaged('its XML is broken')
}

export function tooComplex(): FileProblem {
  return new FileProblem(
    'workbook-too-complex',
    'The workbook is built in a way that takes too much to read. Save it as CSV.',
  )
}

export function tooMuchOfNothing(): FileProblem {
  const most = MAX_IDLE_ELEMENTS.toLocaleString('en')
  return new FileProblem(
    'workbook-too-complex',
    `The workbook holds more than ${most} formatted cells without a value. Delete the empty rows, or save it as CSV.`,
    { expected: `at most ${most} cells without a value` },
  )
}

export function dtdRefused(): FileProblem {
  return new FileProblem('dtd-refused', 'The workbook holds a document type definition. No spreadsheet writes one.', {
    found: 'a DTD',
  })
}
