import { SegmentedControl, Select } from '@mantine/core'
import { useEffect } from 'react'
import { useGet } from '../api/hooks.ts'
import type { UnmatchedTitle } from '../api/schema.ts'
import { useAll } from '../api/use-all.ts'
import { formatNumber, plural } from './format.ts'
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
  const courses = useCoursesOf(company)
  const isSuggested = (course: { title: string }) => suggestions.includes(course.title)
  const option = (course: { id: string; title: string }) => ({ value: course.id, label: course.title })
  const suggested = courses
    .filter(isSuggested)
    .sort((a, b) => suggestions.indexOf(a.title) - suggestions.indexOf(b.title))
  const others = courses.filter((course) => !isSuggested(course))
  // Of several courses that fit equally well none is the likely one: a person says which.
  const best = reason === 'ambiguous' ? undefined : suggested[0]?.id
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
          ...(suggested.length > 0 ? [{ group: 'Suggested', items: suggested.map(option) }] : []),
          { group: `Courses of ${company}`, items: others.map(option) },
        ]}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': `No course for “${title}” of ${company}` }}
        // Whoever presses what is chosen already wants to keep it.
        allowDeselect={false}
        limit={200}
        nothingFoundMessage="No course of this company has this title"
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

/** Every course that a company may use. */
function useCoursesOf(name: string) {
  const { data } = useGet('GET /v1/companies', { query: { name } })
  const company = data?.items[0]?.id
  const known = { enabled: company !== undefined }
  return useAll('GET /v1/courses', { query: { company, limit: 200 } }, known).items
}
