import { type QueryClient, queryOptions } from '@tanstack/react-query'
import {
  getGoalTemplateLibraryOptions,
  getGoalTemplateQueryKey,
  listGoalTemplatesInfiniteOptions,
  listGoalTemplatesQueryKey,
} from '@/api/gen/@tanstack/react-query.gen'
import { getGoalTemplate, getGoalTemplateLibrary } from '@/api/gen/sdk.gen'
import type { GoalTemplate, LibraryTemplate } from '@/api/gen/types.gen'
import { cursorFeed } from '@/api/paging'
import type { Beginning } from './template'

export interface Wanted {
  function?: GoalTemplate['function']
  q?: string
}

export const templatesFeed = (wanted: Wanted) =>
  cursorFeed(listGoalTemplatesInfiniteOptions({ query: { ...wanted, limit: 50 } }))

export const libraryOptions = (wanted: Wanted, language: GoalTemplate['language']) =>
  getGoalTemplateLibraryOptions({ query: { ...wanted, language } })

const OWN = /^[0-9a-f]{8}-/

/** The template that an address names: one of the organization by its id, or of the library. */
export const beginningOptions = (name: string, language: GoalTemplate['language']) =>
  queryOptions({
    queryKey: ['beginning', name, language],
    queryFn: async ({ signal }): Promise<Beginning | null> => {
      if (OWN.test(name)) {
        return (await getGoalTemplate({ path: { goal_template_id: name }, signal })).data
      }
      const { items } = (await getGoalTemplateLibrary({ query: { language }, signal })).data
      return items.find(({ key }: LibraryTemplate) => key === name) ?? null
    },
  })

const MOVED = [
  getGoalTemplateQueryKey({ path: { goal_template_id: '' } })[0]._id,
  listGoalTemplatesQueryKey()[0]._id,
]

export function refreshTemplates(queryClient: QueryClient) {
  return queryClient.invalidateQueries({
    predicate: ({ queryKey: [key] }) =>
      key === 'beginning' || MOVED.includes((key as { _id?: string } | undefined)?._id ?? ''),
  })
}
