import { createFileRoute } from '@tanstack/react-router'
import { ImportsPage } from '@/features/people/imports/ImportsPage'
import { importsFeed } from '@/features/people/imports/queries'

export const Route = createFileRoute('/_app/admin/imports/')({
  loader: ({ context }) => context.queryClient.ensureInfiniteQueryData(importsFeed()),
  component: ImportsPage,
})
