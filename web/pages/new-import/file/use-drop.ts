import { useEffect, useRef, useState } from 'react'

/**
 * Takes files that are dropped anywhere on the page: beside the area for them, a browser would leave the page and open
 * the file.
 *
 * @returns whether one is held over the page
 */
export function useDrop(onFiles: (files: FileList | undefined) => void): boolean {
  const [over, setOver] = useState(false)
  const taker = useRef(onFiles)
  useEffect(() => {
    taker.current = onFiles
  })
  useEffect(() => {
    const ending = new AbortController()
    const listen = (type: 'dragover' | 'dragleave' | 'drop', held: boolean) =>
      window.addEventListener(
        type,
        (event) => {
          event.preventDefault()
          setOver(held)
          if (type === 'drop') taker.current(event.dataTransfer?.files)
        },
        { signal: ending.signal },
      )
    listen('dragover', true)
    listen('dragleave', false)
    listen('drop', false)
    return () => ending.abort()
  }, [])
  return over
}
