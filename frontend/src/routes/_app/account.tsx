import { createFileRoute } from '@tanstack/react-router'
import { getCommunicationStyleOptions } from '@/api/gen/@tanstack/react-query.gen'
import { meOptions } from '@/api/me'
import { AccountPage } from '@/features/auth/AccountPage'
import { sessionFeed } from '@/features/auth/queries'
import { CommunicationStyleCard } from '@/features/feedback/coach/CommunicationStyleCard'

export const Route = createFileRoute('/_app/account')({
  loader: async ({ context: { queryClient } }) => {
    const sessions = queryClient.ensureInfiniteQueryData(sessionFeed())
    const { person } = await queryClient.ensureQueryData(meOptions())
    const query = { person_id: person.id }
    await Promise.all([
      sessions,
      queryClient.ensureQueryData(getCommunicationStyleOptions({ query })),
    ])
  },
  component: () => <AccountPage choices={<CommunicationStyleCard />} />,
})
