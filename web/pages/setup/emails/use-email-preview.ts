import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { ApiError } from '../../../api/problem.ts'
import { type Operation, request } from '../../../api/request.ts'

const PREVIEW = 'GET /v1/email-preview'

interface EmailPreview {
  subject: string
  html: string
  text: string
}

interface Query {
  kind: 'activation' | 'invitation' | 'password' | 'welcome'
  /** Of the person who would get it. */
  language: string
  /** Id of the company in whose name it speaks. */
  company?: string
  message?: string
}

/** An e-mail as it would be sent; the one before stays until the next is there, so that nothing jumps. */
export function useEmailPreview(query: Query) {
  return useQuery<EmailPreview, ApiError>({
    queryKey: [PREVIEW, null, query],
    queryFn: ({ signal }) =>
      request(PREVIEW as string as Operation, { query, signal } as never) as Promise<unknown> as Promise<EmailPreview>,
    placeholderData: keepPreviousData,
  })
}
