import {
  getImportOptions,
  listImportRowsInfiniteOptions,
  listImportsInfiniteOptions,
} from '@/api/gen/@tanstack/react-query.gen'
import type { Import, ImportRowDocument } from '@/api/gen/types.gen'
import { cursorFeed } from '@/api/paging'

const WORKING = new Set<Import['status']>(['planning', 'applying'])
const LOOK_AGAIN_MS = 700

export const importsFeed = () => cursorFeed(listImportsInfiniteOptions({ query: { limit: 50 } }))

/** An import that is being worked on is looked at again and again until it rests. */
export const importOptions = (importId: string) => ({
  ...getImportOptions({ path: { import_id: importId } }),
  refetchInterval: (query: { state: { data?: Import } }) =>
    query.state.data && WORKING.has(query.state.data.status) ? LOOK_AGAIN_MS : (false as const),
})

export function isWorking(status: Import['status']): boolean {
  return WORKING.has(status)
}

export const rowsFeed = (importId: string, outcome: ImportRowDocument['outcome'] | undefined) =>
  cursorFeed(
    listImportRowsInfiniteOptions({
      path: { import_id: importId },
      query: { outcome, limit: 50 },
    }),
  )
