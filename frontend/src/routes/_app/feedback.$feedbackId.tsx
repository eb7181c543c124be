import { createFileRoute } from '@tanstack/react-router'
import { AccessCard } from '@/features/audit/AccessCard'
import { FeedbackPage } from '@/features/feedback/FeedbackPage'
import { commentFeed, feedbackOptions, valuesOptions } from '@/features/feedback/queries'
import { readOneFeedbackSearch } from '@/features/feedback/search'

export const Route = createFileRoute('/_app/feedback/$feedbackId')({
  validateSearch: readOneFeedbackSearch,
  loader: async ({ context: { queryClient }, params: { feedbackId } }) => {
    queryClient.prefetchInfiniteQuery(commentFeed(feedbackId))
    queryClient.prefetchQuery(valuesOptions())
    await queryClient.ensureQueryData(feedbackOptions(feedbackId))
  },
  component: OneFeedback,
})

function OneFeedback() {
  const { feedbackId } = Route.useParams()
  const { open } = Route.useSearch()
  const navigate = Route.useNavigate()
  return (
    <FeedbackPage
      key={feedbackId}
      feedbackId={feedbackId}
      opened={open}
      onOpen={(drawer) => navigate({ search: { open: drawer }, resetScroll: false })}
      access={<AccessCard resource="feedback" id={feedbackId} />}
    />
  )
}
