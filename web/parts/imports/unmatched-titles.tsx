import { Button } from '@mantine/core'
import { useState } from 'react'
import { useSend } from '../../api/hooks.ts'
import type { UnmatchedTitle } from '../../api/schema.ts'
import { FormError } from '../forms/form-error.tsx'
import { formatNumber, plural } from '../page/format.ts'
import { type Chosen, TitleLine } from './title-line.tsx'
import classes from './unmatched-titles.module.css'

interface Props {
  importId: string
  titles: UnmatchedTitle[]
  /** All there are; the list may hold fewer. */
  count: number
}

const keyOf = ({ title, company }: UnmatchedTitle) => JSON.stringify([title, company])

/**
 * Titles as the API's sentence about them counts them: once, whatever the number of companies that it stands for.
 *
 * @param all how many there are; of a list that holds fewer nobody knows which stand in it twice
 */
export function countTitles(titles: UnmatchedTitle[], all: number): number {
  return titles.length < all ? all : new Set(titles.map(({ title }) => title)).size
}

/** Titles that no course answers to: each is settled by choosing the course that it means, then the file is checked again. */
export function UnmatchedTitles({ importId, titles, count }: Props) {
  const [chosen, setChosen] = useState<Record<string, Chosen>>({})
  const teach = useSend('POST /v1/imports/{id}/aliases')
  const check = useSend('POST /v1/imports/{id}/revalidate', ['GET /v1/imports/{id}', 'GET /v1/imports'])
  const path = { id: importId }
  const settled = titles.filter((title) => chosen[keyOf(title)]?.course)
  const checkAgain = async () => {
    const aliases = settled.flatMap((title) => {
      const { course, once } = chosen[keyOf(title)] ?? { course: null, once: true }
      return course === null ? [] : [{ title: title.title, company: title.company, course, once }]
    })
    if (aliases.length > 0) await teach.mutateAsync({ path, body: { aliases } })
    await check.mutateAsync({ path })
  }
  const open = titles.filter((title) => !chosen[keyOf(title)]?.course)
  const apart = titles.length > countTitles(titles, 0)
  const left = countTitles(open, count - settled.length)
  return (
    <div className={classes.titles}>
      <ul className={classes.list}>
        {titles.map((title) => (
          <TitleLine
            key={keyOf(title)}
            title={title}
            chosen={chosen[keyOf(title)]}
            onChoose={(choice) => setChosen((before) => ({ ...before, [keyOf(title)]: choice }))}
          />
        ))}
      </ul>
      {apart && <p className="soft">A title stands here once for each company whose rows have it.</p>}
      {count > titles.length && <p className="soft">… and {formatNumber(count - titles.length)} more.</p>}
      <FormError error={teach.error ?? check.error} />
      <div className={classes.check}>
        <Button onClick={() => void checkAgain().catch(() => undefined)} loading={teach.isPending || check.isPending}>
          Check again
        </Button>
        <span className="soft">
          {left === 0
            ? 'Every title is settled.'
            : `${plural(left, 'title is', 'titles are')} open. Choose a course, or have the course created under Set up first.`}
        </span>
      </div>
    </div>
  )
}
