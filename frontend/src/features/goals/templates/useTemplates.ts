import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { itemsOf } from '@/api/paging'
import { useDraftLanguage } from '../smart/useSmartHints'
import { libraryOptions, templatesFeed } from './queries'
import type { Beginning } from './template'

/** Those of the organization and those that come along, by words and function. */
export function useTemplates(enabled = true) {
  const [words, onWords] = useState('')
  const [fn, onFunction] = useState<Beginning['function'] | null>(null)
  const [asked] = useDebouncedValue(words.trim(), 200)
  const language = useDraftLanguage()
  const wanted = { function: fn ?? undefined, q: asked || undefined }
  const common = { enabled, placeholderData: keepPreviousData }
  const feed = useInfiniteQuery({ ...templatesFeed(wanted), ...common })
  const library = useQuery({ ...libraryOptions(wanted, language), ...common })
  return {
    filter: { words, fn, onWords, onFunction },
    feed,
    own: itemsOf(feed.data),
    library: library.data?.items ?? [],
    isThere: Boolean(feed.data && library.data),
  }
}
