import { SegmentedControl, Select } from '@mantine/core'
import { useQueries } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { keyOf, useGet } from '../../api/hooks.ts'
import { request } from '../../api/request.ts'
import type { UnmatchedTitle } from '../../api/schema.ts'
import type { Choice } from '../forms/choices.ts'
import { useChoices } from '../forms/use-choices.ts'
import { formatNumber, plural } from '../page/format.ts'
import classes from './unmatched-titles.module.css'

/** What a title means: a course, for this file only or from now on. */
export interface Chosen {
  course: string | null
  once: boolean
}

interface Props {
  title: UnmatchedTitle
  /** Undefined: nobody has looked at it yet; then the best suggestion is taken. */
  chosen: Chosen | undefined
  onChoose: (chosen: Chosen) => void
}

const why: Record<UnmatchedTitle['reason'], string> = {
  unknown: 'No course has this title.',
  'not-available': 'The course exists, and this company may not use it.',
  ambiguous: 'Several courses have this title.',
}

/** One title of a file, and what it means. */
export function TitleLine({ title: { title, company, rows, reason, suggestions }, chosen, onChoose }: Props) {
  const { course, once } = chosen ?? { course: null, once: true }
  const [search, setSearch] = useState('')
  const companyId = useCompanyId(company)
  const { suggested, asked } = useSuggested(companyId, suggestions)
  const isName = suggested.some(({ label }) => label === search)
  const { choices, searching } = useChoices('courses', {
    search: isName ? '' : search,
    chosen: course ? [course] : [],
    company: companyId,
    enabled: companyId !== undefined,
  })
  const others = choices.filter(({ value }) => !suggested.some((one) => one.value === value))
  // Of several courses that fit equally well none is the likely one: a person says which.
  // Before every suggestion was looked up, the first answer is not the likeliest but the fastest.
  const best = reason === 'ambiguous' || !asked ? undefined : suggested[0]?.value
  useEffect(() => {
    if (chosen === undefined && best !== undefined) onChoose({ course: best, once: true })
  }, [chosen, best, onChoose])
  const first = rows.first.slice(0, 3).map(formatNumber).join(', ')
  return (
    <li className={classes.title}>
      <div>
        <strong>“{title}”</strong>
        <div className="soft">
          {company} · {plural(rows.count, 'row', 'rows')} ({first}
          {rows.count > 3 && ', …'}). {why[reason]}
        </div>
      </div>
      <Select
        aria-label={`The course that “${title}” of ${company} means`}
        placeholder="Choose a course"
        value={course}
        onChange={(value) => onChoose({ course: value, once })}
        data={[
          ...(suggested.length > 0 ? [{ group: 'Suggested', items: suggested }] : []),
          { group: `Courses of ${company}`, items: others },
        ]}
        onSearchChange={setSearch}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': `No course for “${title}” of ${company}` }}
        // Whoever presses what is chosen already wants to keep it.
        allowDeselect={false}
        limit={200}
        nothingFoundMessage={searching ? 'Searching …' : 'No course of this company has this title'}
      />
      <SegmentedControl
        aria-label={`How long “${title}” of ${company} means it`}
        value={once ? 'once' : 'always'}
        onChange={(value) => onChoose({ course, once: value === 'once' })}
        data={[
          { value: 'once', label: 'Once' },
          { value: 'always', label: 'Always' },
        ]}
      />
    </li>
  )
}

function useCompanyId(name: string): string | undefined {
  const { data } = useGet('GET /v1/companies', { query: { name } })
  return data?.items[0]?.id
}

/** The courses behind the suggested titles, the likeliest first; of the same title there may be several. */
function useSuggested(company: string | undefined, titles: string[]): { suggested: Choice[]; asked: boolean } {
  return useQueries({
    queries: titles.map((title) => ({
      queryKey: keyOf('GET /v1/courses', { query: { title, company } }),
      queryFn: () => request('GET /v1/courses', { query: { title, company } }),
      enabled: company !== undefined,
    })),
    combine: (answers) => ({
      suggested: answers.flatMap(({ data }) => data?.items.map(({ id, title }) => ({ value: id, label: title })) ?? []),
      asked: answers.every(({ isPending }) => !isPending),
    }),
  })
}
