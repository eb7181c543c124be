import { createFileRoute } from '@tanstack/react-router'
import { AccountPage } from '@/features/auth/AccountPage'
import { sessionFeed } from '@/features/auth/queries'

export const Route = createFileRoute('/_app/account')({
  loader: ({ context }) => context.queryClient.ensureInfiniteQueryData(sessionFeed()),
  component: AccountPage,
})
