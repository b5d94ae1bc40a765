import { useGet } from '../../api/hooks.ts'
import { problemOf } from '../../api/problem.ts'
import { DownloadIcon } from '../page/icons.tsx'
import { ErrorState } from '../states/states-of-a-page.tsx'
import classes from './template-list.module.css'

/** Not a file to begin with: it stands for any. */
export const OWN_LIST = 'none'

/** They change with a release only. */
export function useTemplates() {
  return useGet('GET /v1/templates', {}, { staleTime: Number.POSITIVE_INFINITY })
}

/**
 * The templates: when to take which, and the file of each to begin with. How high it is only they say: what stands
 * below it is shown when they are known.
 */
export function TemplateList() {
  const { data, error, refetch } = useTemplates()
  if (error) return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />
  return (
    <ul className={classes.templates}>
      {data?.items
        .filter(({ id }) => id !== OWN_LIST)
        .map(({ id, name, purpose, formats, links }) => (
          <li key={id}>
            <strong>{name}</strong>
            <span className="soft">{purpose}</span>
            <span className={classes.files}>
              {formats.map((format) => (
                <a key={format} href={links[format]} download aria-label={`${name} as ${format.toUpperCase()}`}>
                  <DownloadIcon size={16} /> {format.toUpperCase()}
                </a>
              ))}
            </span>
          </li>
        ))}
    </ul>
  )
}
