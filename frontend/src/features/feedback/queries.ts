import {
  type InfiniteData,
  type QueryClient,
  queryOptions,
  useQueryClient,
} from '@tanstack/react-query'
import {
  getFeedbackOptions,
  getFeedbackQueryKey,
  getFeedbackRequestQueryKey,
  listCompanyValuesQueryKey,
  listFeedbackCommentsInfiniteOptions,
  listFeedbackCommentsQueryKey,
  listFeedbackInfiniteOptions,
  listFeedbackQueryKey,
  listFeedbackReportsQueryKey,
  listFeedbackRequestsInfiniteOptions,
  listFeedbackRequestsQueryKey,
  listNeedsQueryKey,
} from '@/api/gen/@tanstack/react-query.gen'
import { listCompanyValues } from '@/api/gen/sdk.gen'
import type {
  Feedback,
  FeedbackPage,
  ListFeedbackData,
  ListFeedbackRequestsData,
} from '@/api/gen/types.gen'
import { cursorFeed, everyItem } from '@/api/paging'

type FeedbackQuery = NonNullable<ListFeedbackData['query']>
type RequestBox = NonNullable<ListFeedbackRequestsData['query']>['box']

export const feedbackFeed = (query: FeedbackQuery) =>
  cursorFeed(listFeedbackInfiniteOptions({ query: { limit: 20, ...query } }))

export const feedbackOptions = (feedbackId: string) =>
  getFeedbackOptions({ path: { feedback_id: feedbackId } })

export const commentFeed = (feedbackId: string) =>
  cursorFeed(
    listFeedbackCommentsInfiniteOptions({
      path: { feedback_id: feedbackId },
      query: { limit: 100 },
    }),
  )

export const requestFeed = (box: RequestBox) =>
  cursorFeed(listFeedbackRequestsInfiniteOptions({ query: { box, limit: 20 } }))

/** All of them, the archived ones too, in the order in which they were named. */
export const valuesOptions = () =>
  queryOptions({
    queryKey: [{ ...listCompanyValuesQueryKey()[0], every: true }] as const,
    queryFn: async ({ signal }) => {
      const [offered, archived] = await Promise.all(
        [false, true].map((archived) =>
          everyItem((page) => listCompanyValues({ query: { ...page, archived }, signal })),
        ),
      )
      return [...(offered ?? []), ...(archived ?? [])].toSorted((a, b) => a.id.localeCompare(b.id))
    },
    staleTime: 5 * 60_000,
  })

const somewhere = { path: { feedback_id: '' } }
const FEEDBACK = listFeedbackQueryKey()[0]._id
const MOVED: string[] = [
  FEEDBACK,
  ...[
    getFeedbackQueryKey(somewhere),
    getFeedbackRequestQueryKey({ path: { feedback_request_id: '' } }),
    listFeedbackCommentsQueryKey(somewhere),
    listFeedbackReportsQueryKey(somewhere),
    listFeedbackRequestsQueryKey(),
    listNeedsQueryKey(),
  ].map(([{ _id }]) => _id),
]

const idOf = ([key]: readonly unknown[]) => (key as { _id?: string } | undefined)?._id ?? ''

/** Reads again whatever shows feedback, and what waits. */
export function useRefreshFeedback() {
  const queryClient = useQueryClient()
  return () =>
    queryClient.invalidateQueries({ predicate: ({ queryKey }) => MOVED.includes(idOf(queryKey)) })
}

/**
 * Changes one piece of feedback wherever it is shown, without reading whole lists again; resolves
 * once it is shown so.
 */
export async function changeShown(
  queryClient: QueryClient,
  feedbackId: string,
  change: (feedback: Feedback) => Feedback,
): Promise<void> {
  const { queryKey } = feedbackOptions(feedbackId)
  queryClient.setQueryData(queryKey, (shown) => shown && change(shown))
  queryClient.setQueriesData<InfiniteData<FeedbackPage>>(
    { predicate: (query) => idOf(query.queryKey) === FEEDBACK },
    (shown) =>
      shown && {
        ...shown,
        pages: shown.pages.map((page) => ({
          ...page,
          items: page.items.map((item) => (item.id === feedbackId ? change(item) : item)),
        })),
      },
  )
  // Queries tell of themselves in a task of their own.
  await new Promise((told) => setTimeout(told))
}
